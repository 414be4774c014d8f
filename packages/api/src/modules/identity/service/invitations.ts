import type { Ctx } from "../../../tools";
import {
  type InvitationPage,
  type InvitationView,
  type InviteInput,
  identityErrors,
  type ListInvitationsInput,
  type RegistrationMode,
  type RegistrationView,
} from "../contract";
import { findMailAccounts } from "../queries";
import { requestLink } from "./links";

/** Who may make an account. */
export const getRegistration = async (ctx: Pick<Ctx, "db">): Promise<RegistrationView> => {
  const { registration } = await ctx.db.accountSettings.findUniqueOrThrow({ where: { id: 1 } });
  return { mode: registration };
};

/** Decides who may make an account from now on. */
export const setRegistration = (ctx: Ctx, { mode }: { mode: RegistrationMode }): Promise<RegistrationView> =>
  ctx.tx(async (tx) => {
    const { mode: before } = await getRegistration(tx);
    await tx.db.accountSettings.update({ where: { id: 1 }, data: { registration: mode } });
    tx.record({
      action: "identity.registration.change",
      subjectType: "identity.registration",
      subjectId: "1",
      details: { before: { mode: before }, after: { mode } },
    });
    return { mode };
  });

/**
 * Invites somebody by mail: to make an account, or, where an administrator has made one, to set its password. Whoever signs in already is not
 * invited, and an account that systems act as is nobody's.
 */
export const invite = (ctx: Ctx, { mail, locale }: InviteInput): Promise<InvitationView> =>
  ctx.tx(async (tx) => {
    const [account, ...others] = await findMailAccounts(tx.sql, mail);
    const isWaiting =
      account && others.length === 0 && account.password_hash === null && account.source_id === null && account.state === "ACTIVE";
    if (account && !(isWaiting && (await tx.db.apiClient.count({ where: { accountId: account.id } })) === 0))
      throw identityErrors.mailTaken();
    if (!account && (await getRegistration(tx)).mode === "CLOSED") throw identityErrors.registrationClosed();
    const link = { purpose: "INVITE", accountId: account?.id ?? null, mail, locale, invitedById: tx.actor.id } as const;
    // The one before is worth nothing any more: of two mails in one mailbox, the newest is the one that works.
    await tx.db.accountLink.updateMany({ where: { purpose: "INVITE", mail, endedAt: null }, data: { endedAt: tx.now() } });
    const id = await requestLink(tx, link);
    tx.record({ action: "identity.invitation.create", subjectType: "identity.invitation", subjectId: id, details: { mail } });
    return { id, mail, createdAt: tx.now().toISOString(), expiresAt: null };
  });

const open = (now: Date) => ({ purpose: "INVITE" as const, endedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/** The invitations that can still be taken up, the newest first. */
export const listInvitations = async (ctx: Ctx, { cursor, limit }: ListInvitationsInput): Promise<InvitationPage> => {
  const rows = await ctx.db.accountLink.findMany({
    where: { ...open(ctx.now()), ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: "desc" },
    take: limit + 1,
    select: { id: true, mail: true, createdAt: true, expiresAt: true },
  });
  const items = rows.slice(0, limit).map(({ id, mail, createdAt, expiresAt }) => ({
    id,
    mail: mail ?? "",
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};

/** Takes an invitation back: its link opens nothing any more. */
export const withdrawInvitation = (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.accountLink.updateMany({ where: { id, ...open(tx.now()) }, data: { endedAt: tx.now() } });
    if (count === 0) throw identityErrors.invitationNotFound();
    tx.record({ action: "identity.invitation.withdraw", subjectType: "identity.invitation", subjectId: id });
    return { done: true };
  });
