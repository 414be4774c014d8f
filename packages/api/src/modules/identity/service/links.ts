import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import { parseMailAddress } from "@maru/platform/mail/address";
import type { Ctx, TxCtx } from "../../../tools";
import { isPresent } from "../../directory/contract";
import { identityErrors, type LinkPurpose, type LinkView, type Locale } from "../contract";
import { sendLink } from "../jobs";
import { limitFailures } from "../token-limits";

type NewLink = {
  readonly purpose: LinkPurpose;
  readonly accountId: string | null;
  readonly mail: string | null;
  readonly locale: Locale;
  readonly invitedById?: string;
};

/** Asks for a mail with a link. Its token comes into being in the worker: neither this row nor the job has it. */
export const requestLink = async (tx: TxCtx, link: NewLink): Promise<string> => {
  const id = newId();
  await tx.db.accountLink.create({ data: { id, ...link, seed: randomSecret(), createdAt: tx.now() } });
  tx.enqueue(sendLink, { linkId: id });
  return id;
};

/** Whose link it is, as far as there is an account. */
type LinkAccount = { readonly id: string; readonly username: string; readonly personId: string; readonly hasPassword: boolean };
export type OpenLink = { readonly id: string; readonly purpose: LinkPurpose; readonly mail: string; readonly account: LinkAccount | null };

/** An account that a link may be sent to: one that may sign in, of somebody who has not left and has a mail address. */
export const findLinkAccount = async (ctx: Pick<Ctx, "db">, accountId: string) => {
  const account = await ctx.db.account.findUnique({ where: { id: accountId } });
  const person = account && (await ctx.db.person.findUnique({ where: { id: account.personId }, select: { email: true, state: true } }));
  const mail = person?.email ? parseMailAddress(person.email) : null;
  if (!account || !person || mail === null || account.state !== "ACTIVE" || !isPresent(person.state)) return null;
  const { id, username, personId, passwordHash, sourceId, verifiedMail } = account;
  const locale = account.locale as Locale | null;
  return {
    id,
    username,
    personId,
    locale,
    mail,
    verifiedMail,
    hasPassword: passwordHash !== null,
    hasPasswordElsewhere: sourceId !== null,
  };
};

const findByToken = async (ctx: Ctx, token: string): Promise<OpenLink | null> => {
  const link = await ctx.db.accountLink.findUnique({ where: { tokenHash: sha256(token) } });
  if (!link?.mail || link.endedAt || !link.expiresAt || link.expiresAt <= ctx.now()) return null;
  const { id, purpose, mail } = link;
  if (link.accountId === null) return { id, purpose, mail, account: null };
  const account = await findLinkAccount(ctx, link.accountId);
  // Who has another address now is not who reads the mail of the old one.
  return account?.mail === mail ? { id, purpose, mail, account } : null;
};

/** The link that a token opens. Every bad token gets the same answer, and an address that brings many is made to wait. */
export const findOpenLink = async (ctx: Ctx, token: string, purposes: readonly LinkPurpose[], address: string): Promise<OpenLink> => {
  const link = await limitFailures(ctx.tools.limits, address, async () => {
    const found = await findByToken(ctx, token);
    return found && purposes.includes(found.purpose) ? found : null;
  });
  if (!link) throw identityErrors.linkRefused();
  return link;
};

/** Uses a link up. Of two who use it at once, one is refused. */
export const useLink = async (tx: TxCtx, { id }: OpenLink): Promise<void> => {
  const { count } = await tx.db.accountLink.updateMany({
    where: { id, endedAt: null, expiresAt: { gt: tx.now() } },
    data: { endedAt: tx.now() },
  });
  if (count === 0) throw identityErrors.linkRefused();
};

/** Says whom a link is for, so that its page can. It stays good. */
export const readLink = async (ctx: Ctx, { token }: { token: string }, { address }: { address: string }): Promise<LinkView> => {
  const { purpose, mail, account } = await findOpenLink(ctx, token, ["RESET", "VERIFY", "INVITE", "REGISTER"], address);
  return { purpose, mail, username: account?.username ?? null };
};
