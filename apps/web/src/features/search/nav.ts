import type { Feature } from "../../shell/feature";

// No place of its own in the menu: the box in the header leads here.
export const search: Feature = { name: "search" };
