import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { purgeRead } from "./service";

export const handlers = {
  "notification.purge-read": handle(jobs.purgeRead, (ctx) => purgeRead(ctx)),
} satisfies HandlersFor<typeof jobs>;
