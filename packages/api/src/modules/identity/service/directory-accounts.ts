import { newId } from "@maru/platform/crypto/id";
import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { identityErrors } from "../contract";
import { lockRights } from "./rights-desk";
import { normaliseUsername } from "./sign-in";

/** The account that somebody of a directory signs in with. */
export type DirectoryAccountRow = { readonly personId: string; readonly username: string };

/** Why a person keeps the account that she has: its password is Maru's own, or it is another source's. */
export type DirectoryAccountRefusal = "identity.accountIsLocal" | "identity.personHasAccount";

/** Whose account is new, whose user name is another one now, who lost hers because she has left, and the rows that were refused. */
export type SavedDirectoryAccounts = {
  readonly created: readonly { readonly personId: string; readonly accountId: string }[];
  readonly renamed: readonly { readonly personId: string; readonly before: string; readonly after: string }[];
  readonly released: readonly string[];
  readonly refused: readonly { readonly personId: string; readonly reason: DirectoryAccountRefusal }[];
};

type Standing = {
  readonly id: string;
  readonly personId: string;
  readonly username: string;
  readonly sourceId: string | null;
  readonly isErased: boolean;
};
type Holder = { readonly id: string; readonly personId: string; readonly username: string; readonly hasLeft: boolean };

const asSet = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::jsonb`;

const readStanding = async (tx: TxCtx, personIds: readonly string[]): Promise<Map<string, Standing>> => {
  const { rows } = await sql<Standing>`
    SELECT account.id, person_id AS "personId", username, source_id AS "sourceId", erased_at IS NOT NULL AS "isErased"
    FROM unnest(${[...personIds]}::uuid[]) AS named(id) JOIN account ON person_id = named.id`.execute(tx.sql);
  return new Map(rows.map((row) => [row.personId, row]));
};

const readHolders = async (tx: TxCtx, usernames: readonly string[]): Promise<readonly Holder[]> => {
  const { rows } = await sql<Holder>`
    SELECT a.id, a.person_id AS "personId", a.username, a.state = 'DISABLED' AND p.state NOT IN ('ACTIVE', 'ON_LEAVE') AS "hasLeft"
    FROM unnest(${[...usernames]}::text[]) AS named(username) JOIN account a USING (username) JOIN person p ON p.id = a.person_id`.execute(
    tx.sql,
  );
  return rows;
};

const refuseTwice = (rows: readonly DirectoryAccountRow[]): void => {
  const seen = new Set<string>();
  const twice = rows.filter(({ username }) => seen.has(username) || !seen.add(username)).map(({ personId }) => personId);
  if (twice.length > 0) throw identityErrors.usernameTaken({ ids: twice });
};

/**
 * Frees the user names that the set wants: who has one and gets another in the same set has a name that nobody types for a moment, and who has
 * left loses hers for good. What anybody else has is refused.
 */
const freeUsernames = async (tx: TxCtx, wanted: readonly DirectoryAccountRow[]): Promise<string[]> => {
  const owners = new Map(wanted.map(({ personId, username }) => [username, personId]));
  const renamed = new Set(wanted.map(({ personId }) => personId));
  const holders = (await readHolders(tx, [...owners.keys()])).filter(({ personId, username }) => owners.get(username) !== personId);
  const taken = holders.filter(({ personId, hasLeft }) => !renamed.has(personId) && !hasLeft);
  if (taken.length > 0) throw identityErrors.usernameTaken({ ids: taken.map(({ username }) => owners.get(username)) });
  const names = holders.map(({ id }) => ({ id, username: `former-${id}` }));
  if (names.length > 0)
    await sql`
      UPDATE account SET username = row.username FROM jsonb_to_recordset(${asSet(names)}) AS row(id uuid, username text)
      WHERE account.id = row.id`.execute(tx.sql);
  const released = holders.filter(({ personId }) => !renamed.has(personId));
  for (const { id, username } of released)
    tx.record({
      action: "identity.account.release-username",
      subjectType: "identity.account",
      subjectId: id,
      details: { before: { username }, after: { username: `former-${id}` } },
    });
  return released.map(({ id }) => id);
};

// Everybody begins with the rights of a member. That role stands as if it had been given by hand: no group takes it away.
const createAccounts = async (tx: TxCtx, sourceId: string, rows: readonly DirectoryAccountRow[]) => {
  if (rows.length === 0) return [];
  const made = rows.map((row) => ({ id: newId(), assignmentId: newId(), ...row }));
  const columns = sql.raw('id uuid, "assignmentId" uuid, "personId" uuid, username text');
  const { rows: created } = await sql<{ id: string; personId: string }>`
    INSERT INTO account (id, person_id, username, source_id, created_at, updated_at)
    SELECT id, "personId", username, ${sourceId}::uuid, ${tx.now()}::timestamptz, ${tx.now()}::timestamptz
    FROM jsonb_to_recordset(${asSet(made)}) AS row(${columns}) ORDER BY username
    ON CONFLICT DO NOTHING RETURNING id, person_id AS "personId"`.execute(tx.sql);
  // Somebody else has taken it while this set was made.
  const lost = made.filter(({ personId }) => !created.some((one) => one.personId === personId)).map(({ personId }) => personId);
  if (lost.length > 0) throw identityErrors.usernameTaken({ ids: lost });
  await sql`
    INSERT INTO role_assignment (id, account_id, role_id, assigned_at)
    SELECT row."assignmentId", row.id, role.id, ${tx.now()}::timestamptz
    FROM jsonb_to_recordset(${asSet(made)}) AS row(${columns}) JOIN role ON role.key = 'member'`.execute(tx.sql);
  for (const { id, personId, username } of made)
    tx.record({
      action: "identity.account.create",
      subjectType: "identity.account",
      subjectId: id,
      details: { username, personId, sourceId },
    });
  return created.map(({ id, personId }) => ({ personId, accountId: id }));
};

const renameAccounts = async (tx: TxCtx, rows: readonly DirectoryAccountRow[], standing: ReadonlyMap<string, Standing>) => {
  const renamed = rows.map(({ personId, username }) => {
    const { id, username: before } = standing.get(personId) as Standing;
    return { id, personId, before, after: username };
  });
  if (renamed.length > 0)
    await sql`
      UPDATE account SET username = row.after, updated_at = ${tx.now()}::timestamptz
      FROM jsonb_to_recordset(${asSet(renamed)}) AS row(id uuid, after text) WHERE account.id = row.id`.execute(tx.sql);
  for (const { id, before, after } of renamed) {
    const details = { before: { username: before }, after: { username: after } };
    tx.record({ action: "identity.account.rename", subjectType: "identity.account", subjectId: id, details });
  }
  return renamed.map(({ personId, before, after }) => ({ personId, before, after }));
};

const refusalOf = (sourceId: string, account: Standing | undefined): DirectoryAccountRefusal | null => {
  if (!account || (account.sourceId === sourceId && !account.isErased)) return null;
  return account.sourceId === null && !account.isErased ? "identity.accountIsLocal" : "identity.personHasAccount";
};

/**
 * Gives people the accounts with which a directory lets them in, up to 1,000 a call; of those who have theirs, only a user name that differs is
 * written. Such an account has no password here: the source vouches for it. Two of the set may swap their user names, and whoever has left
 * loses hers. Refuses the whole set with `identity.usernameTaken`, whose `details.ids` are the people to blame, so that the caller can leave
 * them out; a person whose account is Maru's own, or another source's, is refused alone and keeps it as it is.
 */
export const saveDirectoryAccounts = async (
  tx: TxCtx,
  sourceId: string,
  rows: readonly DirectoryAccountRow[],
): Promise<SavedDirectoryAccounts> => {
  await lockRights(tx.sql);
  const standing = await readStanding(
    tx,
    rows.map(({ personId }) => personId),
  );
  const refused = rows.flatMap(({ personId }) => {
    const reason = refusalOf(sourceId, standing.get(personId));
    return reason ? [{ personId, reason }] : [];
  });
  const wanted = rows
    .map(({ personId, username }) => ({ personId, username: normaliseUsername(username) }))
    .filter(({ personId, username }) => !refused.some((one) => one.personId === personId) && standing.get(personId)?.username !== username);
  refuseTwice(wanted);
  if (wanted.length === 0) return { created: [], renamed: [], released: [], refused };
  const released = await freeUsernames(tx, wanted);
  const isNew = ({ personId }: DirectoryAccountRow) => !standing.has(personId);
  const renamed = await renameAccounts(
    tx,
    wanted.filter((row) => !isNew(row)),
    standing,
  );
  return { created: await createAccounts(tx, sourceId, wanted.filter(isNew)), renamed, released, refused };
};
