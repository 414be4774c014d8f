import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../tools";
import type { FactorMethod } from "./contract";

/** For statements that name the account `a`: whether it has a second factor. */
export const hasFactor = raw<boolean>`(EXISTS (SELECT 1 FROM totp_factor f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM passkey k WHERE k.account_id = a.id))`;

type Reader = Pick<Ctx | TxCtx, "db">;

/** How the account can show its second factor; empty where it has none. */
export const listMethods = async ({ db }: Reader, accountId: string): Promise<FactorMethod[]> => {
  const totp = await db.totpFactor.count({ where: { accountId, confirmedAt: { not: null } } });
  const passkey = await db.passkey.count({ where: { accountId } });
  if (totp + passkey === 0) return [];
  const recovery = await db.recoveryCode.count({ where: { accountId, usedAt: null } });
  return [
    ...(totp > 0 ? ["totp" as const] : []),
    ...(passkey > 0 ? ["passkey" as const] : []),
    ...(recovery > 0 ? ["recovery" as const] : []),
  ];
};

/** One change of an account's factors at a time: of two that are removed at once, neither must believe that the other stays. */
export const lockFactors = (tx: Pick<TxCtx, "sql">, accountId: string) =>
  raw`SELECT pg_advisory_xact_lock(hashtext(${`maru factors ${accountId}`}))::text`.execute(tx.sql);
