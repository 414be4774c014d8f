import type { Ctx, TxCtx } from "../../../tools";
import { factorErrors } from "../contract";
import { passkeyNameOf } from "../domain";

const QUESTION_TTL_MS = 5 * 60_000;

/** What a device is asked to sign: for which session or half sign-in, to make a passkey or to show one. */
export type Question = { readonly subjectId: string; readonly purpose: "REGISTER" | "PROVE"; readonly accountId: string };

/** Where passkeys are good: the configured address alone, never what a request says. */
export const siteOf = ({ tools: { origin } }: Pick<Ctx, "tools">): { readonly origin: string; readonly name: string } => {
  const name = passkeyNameOf(origin);
  if (name === null) throw factorErrors.passkeysUnavailable();
  return { origin, name };
};

/** Keeps what a device is asked, and gives it: a command that is repeated under its key asks the same. A new question takes the place of the one before. */
export const askDevice = async (tx: TxCtx, { subjectId, purpose, accountId }: Question, challenge: string): Promise<string> => {
  const answerable = { account_id: accountId, challenge, expires_at: new Date(tx.now().getTime() + QUESTION_TTL_MS) };
  await tx.sql
    .insertInto("passkey_challenge")
    .values({ subject_id: subjectId, purpose, ...answerable })
    .onConflict((conflict) => conflict.columns(["subject_id", "purpose"]).doUpdateSet(answerable))
    .execute();
  return challenge;
};

/** Takes a question back, once: whatever the answer is worth, it is answered. */
export const takeQuestion = async (ctx: Pick<Ctx, "sql" | "now">, { subjectId, purpose, accountId }: Question): Promise<string> => {
  const row = await ctx.sql
    .deleteFrom("passkey_challenge")
    .where("subject_id", "=", subjectId)
    .where("purpose", "=", purpose)
    .where("account_id", "=", accountId)
    .returning(["challenge", "expires_at"])
    .executeTakeFirst();
  if (!row || row.expires_at <= ctx.now()) throw factorErrors.passkeyRefused();
  return row.challenge;
};
