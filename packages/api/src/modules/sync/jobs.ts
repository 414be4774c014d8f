import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

const HOUR_MS = 3_600_000;

/** Does a run, or goes on with it where the last worker stopped. */
export const runSource = defineJob({
  name: "sync.run-source",
  version: 1,
  queue: "directory",
  input: z.strictObject({ runId: z.uuid() }),
  dedupeKey: ({ runId }) => runId,
  isStepwise: true,
  attempts: 6,
  maxStarted: 8,
  backoffMs: 15_000,
  timeoutMs: 2 * HOUR_MS,
});

/** Asked for by the schedule: begins the runs whose time has come, asks again for those that stand still, and forgets old items. */
export const startDue = defineJob({
  name: "sync.start-due",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  isStepwise: true,
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

/** Looks into an uploaded file: its columns, and whether it can be read to its end. */
export const lookIntoFile = defineJob({
  name: "sync.look-into-file",
  version: 1,
  queue: "export",
  input: z.strictObject({ importId: z.uuid() }),
  dedupeKey: ({ importId }) => importId,
  attempts: 4,
  maxStarted: 8,
  backoffMs: 5_000,
  timeoutMs: 10 * 60_000,
});

/** Makes a file with the people of the organisation. */
export const exportPeople = defineJob({
  name: "sync.export-people",
  version: 1,
  queue: "export",
  input: z.strictObject({ exportId: z.uuid() }),
  dedupeKey: ({ exportId }) => exportId,
  isStepwise: true,
  attempts: 4,
  maxStarted: 8,
  backoffMs: 15_000,
  timeoutMs: HOUR_MS,
});

/** Asked for by the schedule: files with people that were kept long enough. */
export const removeFiles = defineJob({
  name: "sync.remove-files",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

export const jobs = { runSource, startDue, lookIntoFile, exportPeople, removeFiles };
