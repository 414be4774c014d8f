import type { Feature } from "../../shell/feature";

/** Signing in needs no place in the menu: who sees the menu has done it. */
export const identity: Feature = { name: "identity" };
