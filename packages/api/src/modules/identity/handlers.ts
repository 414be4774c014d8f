import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { purgeTokens } from "./service/purge-tokens";
import { resealSecrets } from "./service/reseal";
import { expireRoleChanges } from "./service/role-changes";
import { sendLink } from "./service/send-link";

export const handlers = {
  "identity.expire-role-changes": handle(jobs.expireRoleChanges, (ctx) => expireRoleChanges(ctx)),
  "identity.purge-tokens": handle(jobs.purgeTokens, (ctx) => purgeTokens(ctx)),
  "identity.reseal-secrets": handle(jobs.resealSecrets, (ctx, _input, signal) => resealSecrets(ctx, signal)),
  "identity.send-link": handle(jobs.sendLink, (ctx, input) => sendLink(ctx, input)),
} satisfies HandlersFor<typeof jobs>;
