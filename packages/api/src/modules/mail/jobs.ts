import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

/** Asked for by the schedule. */
export const purgeMailbox = defineJob({
  name: "mail.purge-mailbox",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

export const jobs = { purgeMailbox };
