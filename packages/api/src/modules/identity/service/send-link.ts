import { sha256 } from "@maru/platform/crypto/token";
import { MailRefused } from "@maru/platform/mail";
import type { Ctx, TxCtx } from "../../../tools";
import { deliver } from "../../mail/service";
import { LINK_TTL_MS, type LinkPurpose, type Locale } from "../contract";
import { type LinkMailKind, writeLinkMail } from "../link-mails";
import { findMailAccounts } from "../queries";
import { findLinkAccount } from "./links";

/** So many mails an account gets in an hour, whoever asks for them. Those that it got stay good. */
const MAX_PER_HOUR = 5;
const HOUR_MS = 60 * 60 * 1000;

const PAGE: Readonly<Record<LinkMailKind, string>> = {
  RESET: "/reset-password",
  VERIFY: "/verify-email",
  INVITE: "/register",
  REGISTER: "/register",
  KNOWN: "/forgot-password",
  ELSEWHERE: "/sign-in",
};

type Link = {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly accountId: string | null;
  readonly mail: string | null;
  readonly locale: string;
};
type Letter = { readonly to: string; readonly username: string | null; readonly locale: Locale; readonly kind: LinkMailKind };

const hasHadEnough = async (ctx: Ctx, accountId: string): Promise<boolean> => {
  const since = new Date(ctx.now().getTime() - HOUR_MS);
  return (await ctx.db.accountLink.count({ where: { accountId, tokenHash: { not: null }, createdAt: { gt: since } } })) >= MAX_PER_HOUR;
};

const findLetter = async (ctx: Ctx, { purpose, accountId, mail, locale }: Link): Promise<Letter | null> => {
  if (accountId === null) {
    if (mail === null) return null;
    const isKnown = purpose === "REGISTER" && (await findMailAccounts(ctx.sql, mail)).length > 0;
    return { to: mail, username: null, locale: locale as Locale, kind: isKnown ? "KNOWN" : purpose };
  }
  const account = await findLinkAccount(ctx, accountId);
  const kind = purpose === "RESET" && account?.hasPasswordElsewhere ? "ELSEWHERE" : purpose;
  // An account without a password is a service's, or waits for its invitation: there is nothing that was forgotten.
  if (!account || (kind === "RESET" && !account.hasPassword) || (await hasHadEnough(ctx, accountId))) return null;
  return { to: account.mail, username: account.username, locale: account.locale ?? (locale as Locale), kind };
};

const end = (id: string) => async (tx: TxCtx) => {
  await tx.db.accountLink.updateMany({ where: { id, endedAt: null }, data: { endedAt: tx.now() } });
};

/**
 * Makes the token of a link, and sends the mail with it. The token follows from the row and the server's key, so that a job that was killed
 * sends the same mail again and not a second one that makes the first worthless. It is good from the moment at which its hash is committed.
 */
export const sendLink = async (ctx: Ctx, { linkId }: { linkId: string }): Promise<void> => {
  const link = await ctx.db.accountLink.findUnique({ where: { id: linkId } });
  if (!link || link.tokenHash || link.endedAt) return;
  const letter = await findLetter(ctx, link);
  if (!letter) return ctx.tx(end(linkId));
  const { to, username, locale, kind } = letter;
  const token = ctx.tools.tokens.derive(`account link ${link.id} ${link.seed}`);
  // Behind the #, where no server, log or Referer header ever sees it.
  const page = kind === "INVITE" && link.accountId !== null ? "/reset-password" : PAGE[kind];
  const isTokenless = kind === "KNOWN" || kind === "ELSEWHERE";
  const url = isTokenless ? `${ctx.tools.origin}${page}` : `${ctx.tools.origin}${page}#token=${token}`;
  const sent = { tokenHash: sha256(token), mail: to, expiresAt: new Date(ctx.now().getTime() + LINK_TTL_MS[link.purpose]) };
  try {
    await deliver(ctx, { id: link.id, to, ...writeLinkMail(kind, locale, { url, username }) }, async (tx) => {
      // One that was taken back meanwhile stays so.
      if (isTokenless) return end(linkId)(tx);
      await tx.db.accountLink.updateMany({ where: { id: linkId, endedAt: null }, data: sent });
    });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    ctx.log.warn({ linkId, purpose: link.purpose }, "a mail was refused for good");
    await ctx.tx(end(linkId));
  }
};
