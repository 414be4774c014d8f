import type { Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import { definePrepared } from "@maru/db/prepared";
import { sql as raw } from "kysely";
import { PRESENT_STATES } from "../directory/contract";
import { hasFactor } from "../factor/service";

// What an account may do everywhere, by its roles and those that they include. Roles that are given for one department count there alone (see
// managed_department_ids). `explainRights` tells the same with its reasons, and a property test holds the two together.
const permissions = raw<string[]>`ARRAY(
  WITH RECURSIVE held(role_id) AS (
    SELECT ra.role_id FROM role_assignment ra WHERE ra.account_id = a.id AND ra.department_id IS NULL
    UNION SELECT i.included_id FROM held JOIN role_inclusion i ON i.role_id = held.role_id)
  SELECT DISTINCT rp.permission FROM held JOIN role_permission rp ON rp.role_id = held.role_id)`;

// The departments of the person and every one above them: a path names all of its ancestors.
const departmentIds = raw<string[]>`ARRAY(
  SELECT DISTINCT unnest(string_to_array(d.path, '/')) FROM affiliation f JOIN department d ON d.id = f.department_id
  WHERE f.person_id = a.person_id AND f.starts_on <= current_date AND (f.ends_on IS NULL OR f.ends_on >= current_date))`;

// The departments that the account administers, with everything below them: where a role that keeps order was given for a department.
const managedDepartmentIds = raw<string[]>`ARRAY(
  WITH RECURSIVE held(role_id, department_id) AS (
    SELECT ra.role_id, ra.department_id FROM role_assignment ra WHERE ra.account_id = a.id AND ra.department_id IS NOT NULL
    UNION SELECT i.included_id, held.department_id FROM held JOIN role_inclusion i ON i.role_id = held.role_id)
  SELECT DISTINCT below.id::text FROM held JOIN role_permission rp ON rp.role_id = held.role_id AND rp.permission = 'board.moderate'
  JOIN department top ON top.id = held.department_id
  JOIN department below ON below.path = top.path OR below.path LIKE top.path || '/%')`;

// The strictest rule about second factors among the roles of the account, wherever they count.
const factorRule = raw<string | null>`(
  WITH RECURSIVE held(role_id) AS (
    SELECT ra.role_id FROM role_assignment ra WHERE ra.account_id = a.id
    UNION SELECT i.included_id FROM held JOIN role_inclusion i ON i.role_id = held.role_id)
  SELECT max(r.factor_rule)::text FROM held JOIN role r ON r.id = held.role_id)`;

/** The accounts that can sign in, with everything that their people may do. */
export const activeAccounts = (sql: Sql) =>
  sql
    .selectFrom("account as a")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where("a.state", "=", "ACTIVE")
    .where("p.state", "in", PRESENT_STATES)
    .select([
      "a.id as account_id",
      "a.person_id",
      permissions.as("permissions"),
      departmentIds.as("department_ids"),
      managedDepartmentIds.as("managed_department_ids"),
      factorRule.as("factor_rule"),
      hasFactor.as("has_factor"),
    ]);

// A client acts as an account that nobody signs in with. As soon as somebody could, it is a person's, and the client may act as it no more.
const isClientUsable = raw<boolean>`(c.revoked_at IS NULL AND a.password_hash IS NULL AND a.source_id IS NULL)`;

type ActorRow = {
  readonly account_id: string;
  readonly person_id: string;
  readonly permissions: readonly string[];
  readonly department_ids: readonly string[];
  readonly managed_department_ids: readonly string[];
  readonly factor_rule: string | null;
  readonly has_factor: boolean;
};

export const toActor = (row: ActorRow, sessionId: string | null): Actor => ({
  id: row.person_id,
  accountId: row.account_id,
  sessionId,
  permissions: new Set(row.permissions),
  departmentIds: row.department_ids,
  managedDepartmentIds: row.managed_department_ids,
  keepsFactor: row.factor_rule === "KEPT" || row.factor_rule === "REQUIRED",
  needsFactor: row.factor_rule === "REQUIRED" && !row.has_factor,
});

/** An open session with everything that its actor may do: one statement, because it stands before every request that is not remembered. */
export const findOpenSession = definePrepared<{ sessionId: string; version: number; now: Date }>()((sql, param) =>
  activeAccounts(sql)
    .innerJoin("session as s", "s.account_id", "a.id")
    .leftJoin("api_client as c", "c.id", "s.api_client_id")
    .where("s.id", "=", param.sessionId)
    .where("s.version", "=", param.version)
    .where("s.ended_at", "is", null)
    .where("s.expires_at", ">", param.now)
    .where((where) => where.or([where("c.id", "is", null), isClientUsable]))
    .select(["s.kind", "s.last_used_at", "s.last_address", "s.expires_at", "c.id as client_id", "c.scopes as client_scopes"]),
);

/** A personal token that may be used, with everything that its person may do. */
export const findPersonalToken = definePrepared<{ tokenHash: string; now: Date }>()((sql, param) =>
  activeAccounts(sql)
    .innerJoin("personal_token as t", "t.account_id", "a.id")
    .where("t.token_hash", "=", param.tokenHash)
    .where("t.revoked_at", "is", null)
    .where("t.expires_at", ">", param.now)
    .select(["t.id", "t.scopes", "t.expires_at", "t.last_used_at", "t.last_address"]),
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
    .where("p.state", "in", PRESENT_STATES)
    .select("s.id");

/** The open sessions of a person herself, the last used first. */
export const listSessionRows = (sql: Sql, personId: string, now: Date, limit: number) =>
  sql
    .selectFrom("session as s")
    .innerJoin("account as a", "a.id", "s.account_id")
    .where("a.person_id", "=", personId)
    .where("s.api_client_id", "is", null)
    .where("s.ended_at", "is", null)
    .where("s.expires_at", ">", now)
    .select(["s.id", "s.kind", "s.user_agent", "s.address", "s.last_address", "s.created_at", "s.last_used_at"])
    .orderBy("s.last_used_at", "desc")
    .orderBy("s.id", "desc")
    .limit(limit)
    .execute();

/** The session behind a refresh token, locked as long as it may be refreshed at all. */
export const lockFamily = (sql: Sql, tokenHash: string, now: Date) =>
  openSessions(sql, now)
    .innerJoin("refresh_token as r", "r.session_id", "s.id")
    .where("r.token_hash", "=", tokenHash)
    .select(["s.version", "s.created_at", "s.expires_at", "a.person_id"])
    .forUpdate("s")
    .executeTakeFirst();
export type Family = NonNullable<Awaited<ReturnType<typeof lockFamily>>>;

/** Asked for behind the family's lock, in a statement of its own: so it sees what the one before has written. */
export const findLink = (sql: Sql, tokenHash: string) =>
  sql
    .selectFrom("refresh_token")
    .select(["id", "rotated_at", "successor_id"])
    .where("token_hash", "=", tokenHash)
    .executeTakeFirstOrThrow();

export const isUnusedLink = async (sql: Sql, linkId: string): Promise<boolean> =>
  (await sql.selectFrom("refresh_token").select("id").where("id", "=", linkId).where("rotated_at", "is", null).executeTakeFirst()) !==
  undefined;

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
      "a.source_id",
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

/** A client that may sign in now. */
export const findClient = (sql: Sql, id: string) =>
  activeAccounts(sql)
    .innerJoin("api_client as c", "c.account_id", "a.id")
    .where(isClientUsable)
    .where("c.id", "=", id)
    .select(["c.id", "c.secret_hash", "c.scopes"])
    .executeTakeFirst();

/** The clients that were not revoked, the newest first. */
export const listClientRows = (sql: Sql, limit: number) =>
  sql
    .selectFrom("api_client as c")
    .innerJoin("account as a", "a.id", "c.account_id")
    .where("c.revoked_at", "is", null)
    .select(["c.id", "c.name", "c.scopes", "c.created_at", "c.last_used_at", "a.person_id"])
    .orderBy("c.id", "desc")
    .limit(limit)
    .execute();

/** The account of a person that a client may act as: nobody can sign in with it, and nobody has. */
export const findServiceAccount = (sql: Sql, personId: string) =>
  sql
    .selectFrom("account as a")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where("a.person_id", "=", personId)
    .where("a.state", "=", "ACTIVE")
    .where("p.state", "in", PRESENT_STATES)
    .where("a.password_hash", "is", null)
    .where("a.source_id", "is", null)
    .where((where) =>
      where.not(
        where.exists(
          where.selectFrom("session as s").select("s.id").whereRef("s.account_id", "=", "a.id").where("s.api_client_id", "is", null),
        ),
      ),
    )
    .select("a.id")
    .executeTakeFirst();

/** Those of the sessions that belong to the person, open or not. */
export const listOwnSessionIds = async (sql: Sql, personId: string, ids: readonly string[]): Promise<string[]> => {
  const rows = await sql
    .selectFrom("session as s")
    .innerJoin("account as a", "a.id", "s.account_id")
    .where("a.person_id", "=", personId)
    .where("s.id", "=", raw<string>`any(${ids}::uuid[])`)
    .select("s.id")
    .execute();
  return rows.map(({ id }) => id);
};

/** The accounts of the people who have this mail address; it was normalised. */
export const findMailAccounts = (sql: Sql, mail: string) =>
  sql
    .selectFrom("account as a")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where(raw<string>`lower(p.email)`, "=", mail)
    .select(["a.id", "a.password_hash", "a.source_id", "a.state"])
    .limit(3)
    .execute();

/** A sign-in that waits for its second factor, of an account that may still sign in. */
export const findHalfSignIn = async (sql: Sql, half: { tokenHash: string; kind: "WEB" | "API"; now: Date }) =>
  (await activeAccounts(sql)
    .innerJoin("sign_in_challenge as h", "h.account_id", "a.id")
    .where("h.token_hash", "=", half.tokenHash)
    .where("h.kind", "=", half.kind)
    .where("h.used_at", "is", null)
    .where("h.expires_at", ">", half.now)
    .select(["h.id", "h.is_vouched"])
    .executeTakeFirst()) ?? null;
