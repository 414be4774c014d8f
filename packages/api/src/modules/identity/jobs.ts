import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

/** Asked for by the schedule: what is left of sessions and tokens that ended long ago. */
export const purgeTokens = defineJob({
  name: "identity.purge-tokens",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

export const jobs = { purgeTokens };
