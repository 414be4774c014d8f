import { type Counts, fewRows, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";

const DONE_BY = "kept: who gave which right when is part of the proof; the row names nobody any more";

// Hashes of passwords and tokens are left out: they tell her nothing, and they are what a thief of the file would look for.
const ownAccount = ({ db }: Ctx, accountId: string) =>
  fewRows(() =>
    db.account.findMany({
      where: { id: accountId },
      omit: { passwordHash: true },
      include: { assignments: { include: { role: { select: { key: true, name: true, nameEn: true } } } }, roleChanges: true },
    }),
  );
const ownSessions = ({ db }: Ctx, accountId: string) =>
  pagedRows<{ readonly id: string }>((after, take) =>
    db.session.findMany({ where: { accountId, ...(after ? { id: { gt: after.id } } : {}) }, orderBy: { id: "asc" }, take }),
  );
const ownTokens = ({ db }: Ctx, accountId: string) =>
  fewRows(async () => [
    ...(await db.personalToken.findMany({ where: { accountId }, omit: { tokenHash: true } })),
    ...(await db.apiClient.findMany({ where: { accountId }, omit: { secretHash: true } })),
  ]);
const ownLinks = ({ db }: Ctx, { accountId, addresses }: Whom) =>
  fewRows(() => db.accountLink.findMany({ where: linksOf(accountId, addresses), omit: { tokenHash: true, seed: true } }));

const linksOf = (accountId: string | null, addresses: readonly string[]) => ({
  OR: [...(accountId ? [{ accountId }] : []), { mail: { in: [...addresses], mode: "insensitive" as const } }],
});

const forgetKeys = async ({ db }: TxCtx, accountId: string, limit: number): Promise<Counts> => {
  const where = { accountId };
  const { count: session } = await db.session.deleteMany({ where, limit });
  const { count: personal_token } = await db.personalToken.deleteMany({ where, limit });
  // A client opens sessions of its own: it can go once they have.
  const isFree = session === 0;
  const { count: api_client } = isFree ? await db.apiClient.deleteMany({ where }) : { count: 0 };
  const { count: sign_in_challenge } = await db.signInChallenge.deleteMany({ where });
  const { count: role_assignment } = await db.roleAssignment.deleteMany({ where });
  return { session, personal_token, api_client, sign_in_challenge, role_assignment };
};

// The row stays, so that the person it belonged to can't be given another account, and nobody signs in with this one.
const forgetAccount = async (tx: TxCtx, accountId: string): Promise<number> => {
  const { count } = await tx.db.account.updateMany({
    where: { id: accountId, erasedAt: null },
    data: {
      username: `erased-${accountId}`,
      passwordHash: null,
      state: "DISABLED",
      disabledBy: null,
      sourceId: null,
      locale: null,
      colorScheme: null,
      timeZone: null,
      verifiedMail: null,
      eraseAfter: null,
      erasedAt: tx.now(),
    },
  });
  return count;
};

const erasePerson = async (tx: TxCtx, { accountId, addresses }: Whom, atMost: number): Promise<Counts> => {
  const { count: account_link } = await tx.db.accountLink.deleteMany({ where: linksOf(accountId, addresses) });
  if (accountId === null) return { account_link };
  return { account_link, ...(await forgetKeys(tx, accountId, atMost)), account: await forgetAccount(tx, accountId) };
};

/** How a person signs in, and what she may do. */
export const personalData: PersonalData = {
  module: "identity",
  columns: {
    "account.person_id": "kept: the empty account keeps the erased person from being given another one",
    "session.account_id": "removed",
    "sign_in_challenge.account_id": "removed",
    "personal_token.account_id": "removed",
    "api_client.account_id": "removed",
    "api_client.created_by_id": DONE_BY,
    "role.updated_by_id": DONE_BY,
    "role_assignment.account_id": "removed",
    "role_assignment.assigned_by_id": DONE_BY,
    "role_change.account_id": DONE_BY,
    "role_change.requested_by_id": DONE_BY,
    "role_change.decided_by_id": DONE_BY,
    "account_link.account_id": "removed",
    "account_link.invited_by_id": DONE_BY,
  },
  exportPerson: async function* (ctx, whom) {
    const { accountId } = whom;
    if (accountId !== null) {
      yield jsonEntry(ctx, "identity/account", ownAccount(ctx, accountId));
      yield jsonEntry(ctx, "identity/sessions", ownSessions(ctx, accountId));
      yield jsonEntry(ctx, "identity/tokens", ownTokens(ctx, accountId));
    }
    yield jsonEntry(ctx, "identity/links", ownLinks(ctx, whom));
  },
  erasePerson,
};
