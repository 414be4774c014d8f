import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

const HOUR_MS = 3_600_000;

/** Makes the file with everything about a person. */
export const makeExport = defineJob({
  name: "privacy.make-export",
  version: 1,
  queue: "export",
  input: z.strictObject({ exportId: z.uuid() }),
  dedupeKey: ({ exportId }) => exportId,
  isStepwise: true,
  attempts: 4,
  maxStarted: 8,
  backoffMs: 30_000,
  timeoutMs: 2 * HOUR_MS,
});

/** Removes what is personal of somebody whose grace is over, module by module. */
export const erasePerson = defineJob({
  name: "privacy.erase-person",
  version: 1,
  queue: "export",
  input: z.strictObject({ erasureId: z.uuid() }),
  dedupeKey: ({ erasureId }) => erasureId,
  isStepwise: true,
  attempts: 4,
  maxStarted: 8,
  backoffMs: 30_000,
  timeoutMs: HOUR_MS,
});

/** Asked for by the schedule: begins the erasures that are due, and asks again for those that did not come to their end. */
export const eraseDue = defineJob({
  name: "privacy.erase-due",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

/** Asked for by the schedule: the files of exports that were kept long enough. */
export const removeExports = defineJob({
  name: "privacy.remove-exports",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

export const jobs = { makeExport, erasePerson, eraseDue, removeExports };
