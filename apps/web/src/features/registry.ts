import type { Feature } from "../shell/feature";
import { audit } from "./audit/nav";
import { board } from "./board/nav";
import { home } from "./home/nav";
import { identity } from "./identity/nav";
import { notification } from "./notification/nav";
import { people } from "./people/nav";
import { rights } from "./rights/nav";

/** Every feature, a line each: its places, its portlets and its messages. */
export const features: readonly Feature[] = [
  home,
  notification,
  board,
  people,
  identity,
  rights,
  audit,
  { name: "account" },
  { name: "files" },
];
