import { newId } from "@maru/platform/crypto/id";
import type { Mail } from "@maru/platform/mail";
import type { Ctx, TxCtx } from "../../tools";
import { type ListMessagesInput, MAIL_KEPT_MS, type MessagePage, type MessageView, mailErrors, type OpenedMessageView } from "./contract";

const PURGED_AT_ONCE = 1_000;

/**
 * Sends a mail from a job, and commits what follows from its having been sent. Where no server is configured, the mailbox of this installation
 * is where it arrives, in the same transaction. A job that is repeated sends the same mail under the same Message-ID.
 */
export const deliver = async (ctx: Ctx, mail: Mail, settle: (tx: TxCtx) => Promise<void>): Promise<void> => {
  const { mailer } = ctx.tools;
  if (mailer) await mailer.send(mail);
  await ctx.tx(async (tx) => {
    const { id: mailId, to: recipient, subject, text } = mail;
    if (!mailer) await tx.db.mailMessage.create({ data: { id: newId(), mailId, recipient, subject, text, createdAt: tx.now() } });
    await settle(tx);
  });
};

type Row = { readonly id: string; readonly recipient: string; readonly subject: string; readonly createdAt: Date };
const toView = ({ id, recipient, subject, createdAt }: Row): MessageView => ({
  id,
  recipient,
  subject,
  createdAt: createdAt.toISOString(),
});

/** The mails that no server was there to take, the newest first, without what they say. */
export const listMessages = async (ctx: Ctx, { cursor, limit }: ListMessagesInput): Promise<MessagePage> => {
  const rows = await ctx.db.mailMessage.findMany({
    where: cursor ? { id: { lt: cursor } } : {},
    orderBy: { id: "desc" },
    take: limit + 1,
    select: { id: true, recipient: true, subject: true, createdAt: true },
  });
  const items = rows.slice(0, limit).map(toView);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};

/** What a mail says. Whoever reads the mail of somebody else is on the record: the links in it are as good as a password. */
export const openMessage = async (ctx: Ctx, { id }: { id: string }): Promise<OpenedMessageView> => {
  const row = await ctx.db.mailMessage.findUnique({ where: { id } });
  if (!row) throw mailErrors.messageNotFound();
  const { recipient, subject, text } = row;
  // The text is no result of the transaction: that would be kept once more under the command's key.
  await ctx.tx(async (tx) => {
    tx.record({ action: "mail.message.open", subjectType: "mail.message", subjectId: id, details: { recipient, subject } });
  });
  return { ...toView(row), text };
};

/** Takes away what the mailbox has kept long enough. */
export const purgeMailbox = async (ctx: Ctx): Promise<void> => {
  const before = new Date(ctx.now().getTime() - MAIL_KEPT_MS);
  await ctx.db.mailMessage.deleteMany({ where: { createdAt: { lt: before } }, limit: PURGED_AT_ONCE });
};
