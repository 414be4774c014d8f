import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { purgeTokens } from "./service/purge-tokens";

export const handlers = {
  "identity.purge-tokens": handle(jobs.purgeTokens, (ctx) => purgeTokens(ctx)),
} satisfies HandlersFor<typeof jobs>;
