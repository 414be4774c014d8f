import type { Actor } from "@maru/db/context";
import { PERMISSIONS, type Permission } from "../../permissions";
import { identityPermissions } from "./contract";
import { BUILT_IN_ROLE_DEFINITIONS } from "./roles";

/** What a token can be allowed at all. Accounts, roles and credentials are managed by people alone: a token that leaks must not make others. */
const SCOPES: readonly Permission[] = PERMISSIONS.filter((permission) => !(identityPermissions as readonly string[]).includes(permission));

// What an administrator of a department may do there.
const IN_DEPARTMENTS = BUILT_IN_ROLE_DEFINITIONS["department-admin"].permissions as readonly string[];

/** The scopes that the actor can give a token: what she may do herself, everywhere or in the departments that she administers. */
export const grantableScopes = (actor: Actor): string[] =>
  SCOPES.filter((scope) => actor.permissions.has(scope) || (actor.managedDepartmentIds.length > 0 && IN_DEPARTMENTS.includes(scope)));

/** The person as far as a token stands for her: never more than its scopes, never more than she may do now. */
export const withinScopes = (actor: Actor, tokenId: string, scopes: readonly string[]): Actor => ({
  ...actor,
  tokenId,
  permissions: new Set(SCOPES.filter((scope) => scopes.includes(scope) && actor.permissions.has(scope))),
  managedDepartmentIds: IN_DEPARTMENTS.every((scope) => scopes.includes(scope)) ? actor.managedDepartmentIds : [],
});
