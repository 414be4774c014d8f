import { allow, router } from "../../trpc/init";
import { listMessagesInput, messageIdInput, messagePage, openedMessageView } from "./contract";
import { listMessages, openMessage } from "./service";

// Whoever reads the mail of others can take their accounts over, and so do whatever they may: that is the right to give rights, and no less.
export const mailRouter = router({
  listMessages: allow("identity.manage-roles", { method: "GET", path: "/admin/mailbox", summary: "Mails that no server was there to take" })
    .input(listMessagesInput)
    .output(messagePage)
    .query(({ ctx, input }) => listMessages(ctx, input)),
  openMessage: allow("identity.manage-roles", { isSensitive: true })
    .input(messageIdInput)
    .output(openedMessageView)
    .mutation(({ ctx, input }) => openMessage(ctx, input)),
});
