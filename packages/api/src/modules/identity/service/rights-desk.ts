import type { Sql } from "@maru/db/client";
import { AppError } from "@maru/platform/errors";
import { sql as raw } from "kysely";
import { PERMISSIONS } from "../../../permissions";
import type { Ctx, TxCtx } from "../../../tools";
import { PRESENT_STATES } from "../../directory/contract";
import { type FactorRule, identityErrors } from "../contract";
import { type Administrator, can, rules } from "../policy";
import { findActorRow } from "../queries";
import { effectiveOf, type RoleGraph, type RoleNode, without } from "../role-graph";

/** A role as it is stored. */
export type StoredRole = RoleNode & {
  readonly factorRule: FactorRule;
  readonly version: number;
  readonly updatedAt: Date;
  readonly updatedById: string | null;
};

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS);

/** Every role with what it holds and includes. They are some dozens, made by administrators (see MAX_ROLES). */
export const readRoles = async ({ db }: Pick<Ctx | TxCtx, "db">): Promise<RoleGraph<StoredRole>> => {
  const roles = await db.role.findMany({ include: { permissions: true, includes: true }, orderBy: [{ isBuiltIn: "desc" }, { id: "asc" }] });
  return new Map(
    roles.map(({ permissions, includes, ...role }) => [
      role.id,
      {
        ...role,
        // A key that the code does not know any more allows nothing.
        permissions: permissions.map(({ permission }) => permission).filter((key) => KNOWN.has(key)),
        includedIds: includes.map(({ includedId }) => includedId),
      },
    ]),
  );
};

/** Everybody who has the highest role everywhere and can sign in. */
export const listAdministrators = async (sql: Sql): Promise<readonly Administrator[]> => {
  const rows = await sql
    .selectFrom("role_assignment as ra")
    .innerJoin("role as r", "r.id", "ra.role_id")
    .innerJoin("account as a", "a.id", "ra.account_id")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where("r.key", "=", "system-admin")
    .where("ra.department_id", "is", null)
    .where("a.state", "=", "ACTIVE")
    .where("p.state", "in", PRESENT_STATES)
    .select(["a.id", "a.person_id"])
    .execute();
  return rows.map(({ id, person_id }) => ({ accountId: id, personId: person_id }));
};

/** One change of rights at a time: who decides by what others have must not decide by what they are just losing. */
export const lockRights = (sql: Sql) => raw`SELECT pg_advisory_xact_lock(hashtext('maru rights'))::text`.execute(sql);

/**
 * Refuses when this account is the last of a system administrator who can sign in. Whoever disables or deletes an account asks here, in the
 * transaction that does it: the lock holds until it commits.
 */
export const keepAdministrator = async (tx: Pick<TxCtx, "sql">, accountId: string): Promise<void> => {
  await lockRights(tx.sql);
  const administrators = await listAdministrators(tx.sql);
  const isOne = administrators.some((one) => one.accountId === accountId);
  if (isOne && !rules.keepsAdministrator(administrators, accountId)) throw identityErrors.lastAdministrator();
};

/** What a change of rights is decided by, read behind the lock. */
export type RightsDesk = {
  readonly roles: RoleGraph<StoredRole>;
  readonly administrators: readonly Administrator[];
  /** What the actor may do at this moment. */
  readonly held: ReadonlySet<string>;
  role(id: string): StoredRole;
  /** Refuses what is more than the actor holds. */
  refuseBeyond(permissions: ReadonlySet<string>): void;
};

/**
 * Takes the lock and reads everything anew. What the actor may do is asked again too: remembered rights may be some seconds old, and those of
 * a token are fewer than its person's.
 */
export const openRightsDesk = async (tx: TxCtx): Promise<RightsDesk> => {
  await lockRights(tx.sql);
  const row = await findActorRow(tx.sql, tx.actor.id);
  const held = new Set(row?.permissions.filter((permission) => tx.actor.permissions.has(permission)));
  if (!can.changeRights(held)) throw new AppError("forbidden", "common.forbidden");
  const roles = await readRoles(tx);
  return {
    roles,
    held,
    administrators: await listAdministrators(tx.sql),
    role: (id) => {
      const role = roles.get(id);
      if (!role) throw identityErrors.roleNotFound();
      return role;
    },
    refuseBeyond: (permissions) => {
      if (!can.handle(held, permissions)) throw identityErrors.rightsExceeded({ permissions: without(permissions, held) });
    },
  };
};

/** A role as it stands beside an assignment. */
export const namedRole = ({ id, name, nameEn }: StoredRole) => ({ id, name, nameEn });

/** Whether giving a role away takes two administrators. */
export const takesTwo = (roles: RoleGraph, roleId: string, departmentId: string | null): boolean =>
  rules.isProtected(effectiveOf(roles, roleId), departmentId);
