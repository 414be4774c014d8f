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

/** Asked for by the schedule: requests for a role that nobody decided in time. */
export const expireRoleChanges = defineJob({
  name: "identity.expire-role-changes",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 60_000,
});

/**
 * Sends the mail of a link. A server that is away is asked again for about half an hour, with longer and longer pauses: a mail that comes later
 * than that helps nobody to sign in.
 */
export const sendLink = defineJob({
  name: "identity.send-link",
  version: 1,
  queue: "mail-high",
  input: z.strictObject({ linkId: z.uuid() }),
  attempts: 8,
  maxStarted: 12,
  backoffMs: 15_000,
  timeoutMs: 60_000,
});

/** Asked for by the schedule: what the keyring encrypted with a key that is not the current one any more. */
export const resealSecrets = defineJob({
  name: "identity.reseal-secrets",
  version: 1,
  queue: "tick",
  input: z.strictObject({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 300_000,
});

export const jobs = { expireRoleChanges, purgeTokens, resealSecrets, sendLink };
