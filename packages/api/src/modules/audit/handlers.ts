import { type HandlersFor, handle } from "../../handling";
import { askForVerification, type jobs, purgeOld, sealEntries, verify, writeAnchor } from "./jobs";
import { purgeOld as purge } from "./service/retention";
import { writeAnchor as anchor, sealEntries as seal } from "./service/sealing";
import { verifyAndKeep } from "./service/verification";

export const handlers = {
  "audit.seal-entries": handle(sealEntries, (ctx, _input, signal) => seal(ctx, signal)),
  "audit.write-anchor": handle(writeAnchor, (ctx) => anchor(ctx)),
  "audit.purge-old": handle(purgeOld, (ctx, _input, signal) => purge(ctx, signal)),
  "audit.verify": handle(verify, (ctx, _input, signal) => verifyAndKeep(ctx, signal)),
  "audit.ask-for-verification": handle(askForVerification, (ctx) => ctx.tx(async (tx) => tx.enqueue(verify, {}))),
} satisfies HandlersFor<typeof jobs>;
