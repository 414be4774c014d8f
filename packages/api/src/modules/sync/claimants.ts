import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../tools";
import { type ClaimantView, type ItemView, UNDER_WAY } from "./contract";

type Conflict = Pick<ItemView, "seq" | "target" | "action" | "status" | "error" | "after">;
type PersonRow = Omit<ClaimantView, "by"> & { readonly email: string | null; readonly employeeNo: string | null };

/** Somebody whom no source knows has what the entry shall have. */
const TAKEN: ReadonlySet<string> = new Set(["usernameTaken", "emailTaken", "employeeNoTaken"]);

/** Whether an item says that an entry could not be taken in because of somebody of Maru. */
export const isClaimed = ({ target, action, status, error }: Conflict): boolean =>
  target === "PERSON" && action === "CREATE" && status === "CONFLICT" && TAKEN.has(error ?? "");

const valuesOf = ({ after }: Conflict) => ({
  username: after?.username ?? null,
  email: after?.email?.toLowerCase() ?? null,
  employeeNo: after?.employeeNo ?? null,
});

/** The people of Maru, of no source, who have names that the entries of these conflicts shall have, by the items' numbers. */
export const findClaimants = async (
  { sql }: Pick<Ctx | TxCtx, "sql">,
  conflicts: readonly Conflict[],
): Promise<ReadonlyMap<number, readonly ClaimantView[]>> => {
  const wanted = conflicts.filter(isClaimed).map((item) => ({ seq: item.seq, ...valuesOf(item) }));
  if (wanted.length === 0) return new Map();
  const of = (field: "username" | "email" | "employeeNo") => wanted.flatMap((values) => values[field] ?? []);
  const { rows } = await raw<PersonRow>`
    WITH claimant AS (
      SELECT person_id AS id FROM account WHERE username = any(${of("username")}::text[])
      UNION SELECT id FROM person WHERE lower(email) = any(${of("email")}::text[])
      UNION SELECT id FROM person WHERE employee_no = any(${of("employeeNo")}::text[]))
    SELECT p.id AS "personId", p.name, a.username, lower(p.email) AS email, p.employee_no AS "employeeNo", d.name AS "departmentName"
    FROM claimant JOIN person p ON p.id = claimant.id LEFT JOIN account a ON a.person_id = p.id
      LEFT JOIN affiliation place ON place.person_id = p.id AND place.is_primary AND place.ends_on IS NULL
      LEFT JOIN department d ON d.id = place.department_id
    WHERE p.state IN ('ACTIVE', 'ON_LEAVE') AND NOT EXISTS (SELECT 1 FROM sync_link l WHERE l.person_id = p.id)
    ORDER BY p.name, p.id`.execute(sql);
  return new Map(
    wanted.map(({ seq, ...values }) => [
      seq,
      rows.flatMap((row) => {
        const by = (["username", "email", "employeeNo"] as const).filter((field) => row[field] !== null && row[field] === values[field]);
        const { personId, name, username, departmentName } = row;
        return by.length > 0 ? [{ personId, name, username, departmentName, by }] : [];
      }),
    ]),
  );
};

/** Whether conflicts of this run can still be settled: it is the newest of its source, nothing works at it, and the source is a server. */
export const canSettle = async (
  { db }: Pick<Ctx, "db"> | Pick<TxCtx, "db">,
  run: { readonly id: string; readonly sourceId: string; readonly state: string; readonly source: { readonly kind: string } },
): Promise<boolean> => {
  if (run.source.kind === "FILE" || UNDER_WAY.some((state) => state === run.state)) return false;
  const newest = await db.syncRun.findFirst({ where: { sourceId: run.sourceId }, orderBy: { id: "desc" }, select: { id: true } });
  return newest?.id === run.id;
};
