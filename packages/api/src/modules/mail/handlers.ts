import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { purgeMailbox } from "./service";

export const handlers = {
  "mail.purge-mailbox": handle(jobs.purgeMailbox, (ctx) => purgeMailbox(ctx)),
} satisfies HandlersFor<typeof jobs>;
