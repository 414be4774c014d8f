import { defineJob } from "@maru/platform/jobs";
import { z } from "zod";

export const generateThumbnail = defineJob({
  name: "files.generate-thumbnail",
  version: 1,
  queue: "media-fast",
  input: z.object({ fileId: z.uuid() }),
  dedupeKey: ({ fileId }) => fileId,
  attempts: 4,
  maxStarted: 8,
  backoffMs: 2_000,
  timeoutMs: 90_000,
});

/** Removes the original and the pictures of a content that no file has any more. */
export const removeObjects = defineJob({
  name: "files.remove-objects",
  version: 1,
  queue: "media-fast",
  input: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  attempts: 5,
  maxStarted: 8,
  backoffMs: 5_000,
  timeoutMs: 30_000,
});

/** Asked for by the schedule: uploads that nobody attached to anything within a day, and what a crash left in quarantine. */
export const removeOrphans = defineJob({
  name: "files.remove-orphans",
  version: 1,
  queue: "tick",
  input: z.object({}),
  attempts: 3,
  maxStarted: 5,
  backoffMs: 10_000,
  timeoutMs: 60_000,
});

/** Asked for by the schedule: originals that no file names, as a process leaves one that dies between keeping the content and committing its row. */
export const removeUnreferenced = defineJob({
  name: "files.remove-unreferenced",
  version: 1,
  queue: "tick",
  input: z.object({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 300_000,
});

export const jobs = { generateThumbnail, removeObjects, removeOrphans, removeUnreferenced };
