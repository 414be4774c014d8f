import { type HandlersFor, handle } from "../../handling";
import { emptyTrash, foldCounts, type jobs } from "./jobs";
import { foldCounts as foldOneBatch } from "./service/counters";
import { removeOldDrafts } from "./service/drafts";
import { emptyTrash as emptyOneBatch } from "./service/trash";

/** How this module's work is done; both repeat until nothing is left, a transaction a batch. */
export const handlers: HandlersFor<typeof jobs> = {
  "board.fold-counts": handle(foldCounts, async (ctx, _input, signal) => {
    while ((await foldOneBatch(ctx)).isMore) signal.throwIfAborted();
  }),
  "board.empty-trash": handle(emptyTrash, async (ctx, _input, signal) => {
    while ((await emptyOneBatch(ctx)) > 0) signal.throwIfAborted();
    await removeOldDrafts(ctx);
  }),
};
