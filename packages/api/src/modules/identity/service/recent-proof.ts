import { AppError } from "@maru/platform/errors";
import type { Ctx, TxCtx } from "../../../tools";
import type { PasskeyProof, PasskeyRequest } from "../../factor/contract";
import { askForPasskey, takePasskey } from "../../factor/service";
import { type ConfirmedView, identityErrors, PROOF_TTL_MS } from "../contract";
import { provePassword } from "./prove-password";

/**
 * Whether the person has given her password (or a passkey) within ten minutes on the session that she acts with. The row is asked each time:
 * what it guards is rare, and a remembered answer would refuse who has just given it. Tokens of scripts have nothing to give.
 */
export const hasRecentProof = async ({ sql, actor, now }: Pick<Ctx, "sql" | "actor" | "now">): Promise<boolean> => {
  if (actor.sessionId === null || actor.tokenId !== undefined) return false;
  const row = await sql.selectFrom("session").select("proved_at").where("id", "=", actor.sessionId).executeTakeFirst();
  return row?.proved_at != null && now().getTime() - row.proved_at.getTime() < PROOF_TTL_MS;
};

type OwnSession = { readonly sessionId: string; readonly accountId: string };
const sessionOf = ({ actor }: Pick<Ctx, "actor">): OwnSession => {
  if (!actor.accountId) throw new AppError("unauthenticated", "common.signInRequired");
  // A proof belongs to a session; a token of a script has none.
  if (!actor.sessionId || actor.tokenId !== undefined) throw identityErrors.passwordNeeded();
  return { sessionId: actor.sessionId, accountId: actor.accountId };
};

const noteProof = async (tx: TxCtx, { sessionId, accountId }: OwnSession, by: "password" | "passkey"): Promise<ConfirmedView> => {
  await tx.db.session.updateMany({ where: { id: sessionId, accountId, endedAt: null }, data: { provedAt: tx.now() } });
  tx.record({ action: "identity.session.prove", subjectType: "identity.session", subjectId: sessionId, details: { by } });
  return { until: new Date(tx.now().getTime() + PROOF_TTL_MS).toISOString() };
};

/** Takes the password of the actor once more, for what is sensitive on this session. */
export const confirmPassword = async (
  ctx: Ctx,
  { password }: { password: string },
  origin: { address: string },
): Promise<ConfirmedView> => {
  const session = sessionOf(ctx);
  await provePassword(ctx, password, origin);
  return ctx.tx((tx) => noteProof(tx, session, "password"));
};

/** Asks a device of the actor for a passkey, in the place of her password. */
export const startConfirmation = async (ctx: Ctx): Promise<PasskeyRequest> => {
  const { sessionId, accountId } = sessionOf(ctx);
  return askForPasskey(ctx, { subjectId: sessionId, accountId });
};

/** Takes a passkey in the place of the password. */
export const confirmPasskey = async (ctx: Ctx, { passkey }: { passkey: PasskeyProof }): Promise<ConfirmedView> => {
  const session = sessionOf(ctx);
  if (!(await takePasskey(ctx, { subjectId: session.sessionId, accountId: session.accountId }, passkey)))
    throw identityErrors.secondFactorRefused();
  return ctx.tx((tx) => noteProof(tx, session, "passkey"));
};
