import { defineErrors } from "@maru/platform/errors";
import { parseMailAddress } from "@maru/platform/mail/address";
import { z } from "zod";

/** None of its own: the mailbox is read with the right to give rights (see router.ts). */
export const mailPermissions = [] as const;

export const mailErrors = defineErrors("mail", { messageNotFound: "not_found" });

/** How long the local mailbox keeps a mail. */
export const MAIL_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** An address as it is compared and written to; anything that is none is an invalid input. */
export const mailAddress = z
  .string()
  .max(320)
  .transform((text, context): string => {
    const address = parseMailAddress(text);
    if (address !== null) return address;
    context.addIssue({ code: "invalid_format", format: "email", input: text });
    return z.NEVER;
  });

export const listMessagesInput = z.strictObject({ cursor: z.uuid().optional(), limit: z.int().min(1).max(100).default(50) });
export type ListMessagesInput = z.output<typeof listMessagesInput>;
export const messageIdInput = z.strictObject({ id: z.uuid() });

export const messageView = z.object({ id: z.string(), recipient: z.string(), subject: z.string(), createdAt: z.string() });
export type MessageView = z.infer<typeof messageView>;
export const messagePage = z.object({ items: z.array(messageView), nextCursor: z.string().nullable() });
export type MessagePage = z.infer<typeof messagePage>;
export const openedMessageView = messageView.extend({ text: z.string() });
export type OpenedMessageView = z.infer<typeof openedMessageView>;
