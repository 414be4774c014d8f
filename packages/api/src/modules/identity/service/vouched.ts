import type { Ctx, TxCtx } from "../../../tools";
import { activeAccounts } from "../queries";
import { passSecondFactor } from "./second-factor";
import { openSession, type ProvedAccount, type SignedIn, type SignInOrigin } from "./sessions";

/** The account that another provider vouches for (see federation); null once it can't sign in any more. */
export const findVouchedAccount = async ({ sql }: Ctx, accountId: string): Promise<ProvedAccount | null> => {
  const row = await activeAccounts(sql).where("a.id", "=", accountId).executeTakeFirst();
  return row ? { id: row.account_id, personId: row.person_id, isVouched: true } : null;
};

/** Signs in on the web for whom another provider vouches. The second factor is asked for as after a password. */
export const signInVouched = async (ctx: Ctx, account: ProvedAccount, origin: SignInOrigin): Promise<SignedIn> => {
  await passSecondFactor(ctx, account, "WEB", origin);
  return openSession(ctx, account, "WEB", origin);
};

/** Whether somebody can sign in to the account with a password, Maru's own or a directory's. */
export const hasPassword = async ({ db }: Pick<Ctx | TxCtx, "db">, accountId: string): Promise<boolean> =>
  (await db.account.count({ where: { id: accountId, OR: [{ passwordHash: { not: null } }, { sourceId: { not: null } }] } })) === 1;
