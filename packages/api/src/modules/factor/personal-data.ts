import { type Counts, fewRows, jsonEntry, type PersonalData, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";

// What opens a door is not told: that there is one, since when, and when it was used.
const ownFactors = ({ db }: Ctx, accountId: string) =>
  fewRows(async () => [
    ...(await db.totpFactor.findMany({ where: { accountId }, select: { id: true, createdAt: true, confirmedAt: true } })),
    ...(await db.passkey.findMany({ where: { accountId }, select: { id: true, name: true, createdAt: true, lastUsedAt: true } })),
    ...(await db.recoveryCode.findMany({ where: { accountId }, select: { id: true, createdAt: true, usedAt: true } })),
  ]);

const erasePerson = async ({ db }: TxCtx, { accountId }: Whom): Promise<Counts> => {
  if (accountId === null) return {};
  const where = { accountId };
  const { count: totp_factor } = await db.totpFactor.deleteMany({ where });
  const { count: recovery_code } = await db.recoveryCode.deleteMany({ where });
  const { count: passkey } = await db.passkey.deleteMany({ where });
  const { count: passkey_challenge } = await db.passkeyChallenge.deleteMany({ where });
  return { totp_factor, recovery_code, passkey, passkey_challenge };
};

/** The second factors of a person. */
export const personalData: PersonalData = {
  module: "factor",
  columns: {
    "totp_factor.account_id": "removed",
    "recovery_code.account_id": "removed",
    "passkey.account_id": "removed",
    "passkey_challenge.account_id": "removed",
  },
  exportPerson: async function* (ctx, { accountId }) {
    if (accountId !== null) yield jsonEntry(ctx, "factor/second-factors", ownFactors(ctx, accountId));
  },
  erasePerson,
};
