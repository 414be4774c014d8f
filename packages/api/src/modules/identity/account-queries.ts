import type { Sql } from "@maru/db/client";
import { sql as raw, type SqlBool } from "kysely";
import { personMatches } from "../directory/service";
import type { AccountStatus } from "./contract";

type AccountQuery = {
  readonly id?: string;
  readonly q?: string;
  readonly status?: AccountStatus;
  readonly cursor?: string;
  readonly limit: number;
};

// When somebody signed in with it last. What clients do in its name is no sign-in of a person.
const lastSignInAt = raw<Date | null>`(SELECT max(s.created_at) FROM session s WHERE s.account_id = a.id AND s.api_client_id IS NULL)`;
const isUntouched = raw<SqlBool>`(a.password_hash IS NULL AND a.source_id IS NULL AND ${lastSignInAt} IS NULL)`;

const OF_STATUS: Readonly<Record<AccountStatus, ReturnType<typeof raw<SqlBool>>>> = {
  active: raw<SqlBool>`a.state = 'ACTIVE' AND NOT ${isUntouched}`,
  waiting: raw<SqlBool>`a.state = 'ACTIVE' AND ${isUntouched}`,
  disabled: raw<SqlBool>`a.state = 'DISABLED' AND a.erase_after IS NULL`,
  leaving: raw<SqlBool>`a.erase_after IS NOT NULL`,
};

/** Accounts by the names of their people, one more than the page holds; the cursor is the last account that was seen. */
export const listAccountRows = (sql: Sql, { id, q, status, cursor, limit }: AccountQuery) =>
  sql
    .selectFrom("account as a")
    .innerJoin("person as p", "p.id", "a.person_id")
    .$if(id !== undefined, (query) => query.where("a.id", "=", id ?? ""))
    .$if(q !== undefined, (query) =>
      query.where(raw<SqlBool>`(${personMatches(q ?? "")} OR starts_with(a.username, ${(q ?? "").toLowerCase()}))`),
    )
    .$if(status !== undefined, (query) => query.where(OF_STATUS[status ?? "active"]))
    .$if(cursor !== undefined, (query) =>
      query.where(
        raw<SqlBool>`(p.name, a.id) > (SELECT lp.name, la.id FROM account la JOIN person lp ON lp.id = la.person_id WHERE la.id = ${cursor}::uuid)`,
      ),
    )
    .select([
      "a.id",
      "a.username",
      "a.person_id",
      "a.state",
      "a.erase_after",
      "a.created_at",
      raw<boolean>`a.password_hash IS NOT NULL OR a.source_id IS NOT NULL`.as("has_password"),
      lastSignInAt.as("last_sign_in_at"),
    ])
    .orderBy("p.name")
    .orderBy("a.id")
    .limit(limit + 1)
    .execute();
export type AccountRow = Awaited<ReturnType<typeof listAccountRows>>[number];
