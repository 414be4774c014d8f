import type { Feature } from "../shell/feature";
import { accounts } from "./accounts/nav";
import { audit } from "./audit/nav";
import { board } from "./board/nav";
import { home } from "./home/nav";
import { identity } from "./identity/nav";
import { imports } from "./imports/nav";
import { invitations } from "./invitations/nav";
import { mail } from "./mail/nav";
import { notification } from "./notification/nav";
import { people } from "./people/nav";
import { privacy } from "./privacy/nav";
import { reorganisation } from "./reorganisation/nav";
import { rights } from "./rights/nav";
import { search } from "./search/nav";
import { staff } from "./staff/nav";
import { sync } from "./sync/nav";

/** Every feature, a line each: its places, its portlets and its messages. */
export const features: readonly Feature[] = [
  home,
  notification,
  board,
  people,
  identity,
  staff,
  sync,
  imports,
  reorganisation,
  accounts,
  invitations,
  mail,
  rights,
  audit,
  privacy,
  search,
  { name: "account" },
  { name: "files" },
];
