import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

const tick = { version: 1, queue: "tick", input: z.object({}), attempts: 3, maxStarted: 3, backoffMs: 2_000, timeoutMs: 60_000 } as const;

/** Folds appended counts into the posts. */
export const foldCounts = defineJob({ ...tick, name: "board.fold-counts", dedupeKey: () => "all" });
/** Deletes for good what has been in the trash for 30 days. */
export const emptyTrash = defineJob({ ...tick, name: "board.empty-trash", dedupeKey: () => "all" });

/** The work that this module can be asked for. */
export const jobs = { foldCounts, emptyTrash };
