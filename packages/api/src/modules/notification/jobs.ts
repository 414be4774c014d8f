import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

export const purgeRead = defineJob({
  name: "notification.purge-read",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

export const jobs = { purgeRead };
