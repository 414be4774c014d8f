import type { Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import { definePrepared } from "@maru/db/prepared";
import { sql as raw } from "kysely";

// What an account may do everywhere. Roles that are given for one department count there alone (see managed_department_ids).
const permissions = raw<string[]>`ARRAY(
  SELECT DISTINCT rp.permission FROM role_assignment ra JOIN role_permission rp ON rp.role_id = ra.role_id
  WHERE ra.account_id = a.id AND ra.department_id IS NULL)`;

// The departments of the person and every one above them: a path names all of its ancestors.
const departmentIds = raw<string[]>`ARRAY(
  SELECT DISTINCT unnest(string_to_array(d.path, '/')) FROM affiliation f JOIN department d ON d.id = f.department_id
  WHERE f.person_id = a.person_id AND f.starts_on <= current_date AND (f.ends_on IS NULL OR f.ends_on >= current_date))`;

// The departments that the account administers, with everything below them.
const managedDepartmentIds = raw<string[]>`ARRAY(
  SELECT DISTINCT below.id::text FROM role_assignment ra JOIN role r ON r.id = ra.role_id AND r.key = 'department-admin'
  JOIN department top ON top.id = ra.department_id
  JOIN department below ON below.path = top.path OR below.path LIKE top.path || '/%'
  WHERE ra.account_id = a.id)`;

const activeAccounts = (sql: Sql) =>
  sql
    .selectFrom("account as a")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where("a.state", "=", "ACTIVE")
    .where("p.state", "<>", "RESIGNED")
    .select([
      "a.id as account_id",
      "a.person_id",
      permissions.as("permissions"),
      departmentIds.as("department_ids"),
      managedDepartmentIds.as("managed_department_ids"),
    ]);

type ActorRow = {
  readonly account_id: string;
  readonly person_id: string;
  readonly permissions: readonly string[];
  readonly department_ids: readonly string[];
  readonly managed_department_ids: readonly string[];
};

export const toActor = (row: ActorRow, sessionId: string | null): Actor => ({
  id: row.person_id,
  accountId: row.account_id,
  sessionId,
  permissions: new Set(row.permissions),
  departmentIds: row.department_ids,
  managedDepartmentIds: row.managed_department_ids,
});

/** An open session with everything that its actor may do: one statement, because it stands before every request that is not remembered. */
export const findOpenSession = definePrepared<{ sessionId: string; version: number; now: Date }>()((sql, param) =>
  activeAccounts(sql)
    .innerJoin("session as s", "s.account_id", "a.id")
    .where("s.id", "=", param.sessionId)
    .where("s.version", "=", param.version)
    .where("s.ended_at", "is", null)
    .where("s.expires_at", ">", param.now)
    .select(["s.kind", "s.last_used_at", "s.expires_at"]),
);

/** The ids of sessions that may be used: open, unexpired, of an account that may sign in and a person who has not left. */
export const openSessions = (sql: Sql, now: Date) =>
  sql
    .selectFrom("session as s")
    .innerJoin("account as a", "a.id", "s.account_id")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where("s.ended_at", "is", null)
    .where("s.expires_at", ">", now)
    .where("a.state", "=", "ACTIVE")
    .where("p.state", "<>", "RESIGNED")
    .select("s.id");

export const findActorRow = (sql: Sql, personId: string) => activeAccounts(sql).where("a.person_id", "=", personId).executeTakeFirst();

/** What a sign-in needs to know of an account, and whether the account has signed in from this address before. */
export const findSignInAccount = (sql: Sql, username: string, address: string, knownSince: Date) =>
  sql
    .selectFrom("account as a")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where((where) =>
      where.or([
        where("a.username", "=", username),
        ...(username.includes("@") ? [where(raw<string>`lower(p.email)`, "=", username)] : []),
      ]),
    )
    .select((select) => [
      "a.id",
      "a.username",
      "a.person_id",
      "a.password_hash",
      "a.state",
      "p.state as person_state",
      select
        .exists(
          select
            .selectFrom("session as s")
            .whereRef("s.account_id", "=", "a.id")
            .where("s.address", "=", address)
            .where("s.created_at", ">", knownSince)
            .select(raw<number>`1`.as("one")),
        )
        .as("is_known_address"),
    ])
    .limit(3)
    .execute();
