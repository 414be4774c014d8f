import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

/** Asked for by the schedule: what was decided for a day that has come. */
export const carryOutDue = defineJob({
  name: "directory.carry-out-due",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  isStepwise: true,
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 300_000,
});

export const jobs = { carryOutDue };
