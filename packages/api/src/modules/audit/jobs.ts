import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

const once = { version: 1, attempts: 1, maxStarted: 3, backoffMs: 0, input: z.strictObject({}) } as const;

/** Asked for by the schedule, every three seconds. */
export const sealEntries = defineJob({ ...once, name: "audit.seal-entries", queue: "tick", timeoutMs: 60_000 });
/** Asked for by the schedule, every hour. */
export const writeAnchor = defineJob({ ...once, name: "audit.write-anchor", queue: "tick", timeoutMs: 30_000 });
/** Asked for by the schedule, every day. */
export const purgeOld = defineJob({ ...once, name: "audit.purge-old", queue: "tick", timeoutMs: 300_000 });
/** Asked for by whoever looks after the log, and by the schedule every day. */
export const verify = defineJob({ ...once, name: "audit.verify", queue: "maintenance", timeoutMs: 1_800_000, dedupeKey: () => "log" });
/** The clock rings in a lane where nobody may take long. */
export const askForVerification = defineJob({ ...once, name: "audit.ask-for-verification", queue: "tick", timeoutMs: 10_000 });

export const jobs = { sealEntries, writeAnchor, purgeOld, verify, askForVerification };
