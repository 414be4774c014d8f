import type { Ctx } from "../../../tools";
import { purgeQuestions } from "../../factor/service";

const KEPT_MS = 24 * 60 * 60 * 1000;
/** Longer than any link is good. */
const LINK_KEPT_MS = 30 * KEPT_MS;

/**
 * Forgets the links of mails after a month, the chains of sessions that ended a day ago, and the sessions of clients, of which there is one
 * every quarter of an hour. A person's sessions stay: they say from where she has signed in before. What happened stands in the record.
 */
export const purgeTokens = async (ctx: Ctx): Promise<void> => {
  const before = new Date(ctx.now().getTime() - KEPT_MS);
  const over = { OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] };
  await ctx.db.accountLink.deleteMany({ where: { createdAt: { lt: new Date(ctx.now().getTime() - LINK_KEPT_MS) } } });
  await ctx.db.refreshToken.deleteMany({ where: { session: over } });
  await ctx.db.signInChallenge.deleteMany({ where: { expiresAt: { lt: before } } });
  await purgeQuestions(ctx);
  await ctx.db.session.deleteMany({ where: { apiClientId: { not: null }, ...over } });
};
