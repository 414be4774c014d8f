import type { Feature } from "../shell/feature";
import { board } from "./board/nav";
import { home } from "./home/nav";
import { identity } from "./identity/nav";
import { notification } from "./notification/nav";
import { people } from "./people/nav";

/** Every feature, a line each: its places, its portlets and its messages. */
export const features: readonly Feature[] = [home, notification, board, people, identity, { name: "files" }];
