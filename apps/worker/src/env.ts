import { auditEnv, databaseEnv, dataEnv, keysEnv, logEnv, originEnv, parseEnv, redisEnv, secretEnv } from "@maru/platform/env";
import { parseMailAddress } from "@maru/platform/mail/address";
import { z } from "zod";

/** Everything that the worker reads from its environment, and what it is for. */
export const workerEnvShape = {
  ...databaseEnv,
  ...redisEnv,
  ...dataEnv,
  ...secretEnv,
  ...keysEnv,
  ...auditEnv,
  ...logEnv,
  ...originEnv,
  MARU_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("the mail server, smtp://user:password@host:587; without one mails stay in the mailbox that administrators read"),
  MARU_MAIL_FROM: z
    .string()
    .refine((text) => parseMailAddress(text) !== null, "a mail address")
    .optional()
    .describe("the address that mails come from; needed beside MARU_SMTP_URL"),
  WORKER_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe("the loopback port of the worker's probes; 0 takes any free one"),
  MARU_WORKER_POOL_SIZE: z.coerce.number().int().min(4).max(200).default(10).describe("database connections of the worker"),
};

/** The environment of the worker, parsed once; faults end the process with a sentence for each. */
export const readWorkerEnv = (source: Record<string, string | undefined> = process.env) => {
  const env = parseEnv(workerEnvShape, source);
  if (env.MARU_SMTP_URL && !env.MARU_MAIL_FROM) {
    process.stderr.write("MARU_MAIL_FROM: a mail server takes no mail without a sender; set it beside MARU_SMTP_URL\n");
    process.exit(1);
  }
  return env;
};

/** The environment of the command that verifies the audit log, for which 1 means something else. */
export const readVerifyEnv = (source: Record<string, string | undefined> = process.env) =>
  parseEnv({ ...databaseEnv, ...dataEnv, ...secretEnv, ...auditEnv }, source, 2);

/** The environment of the preparation, which needs neither Redis nor a secret. */
export const readPrepareEnv = (source: Record<string, string | undefined> = process.env) =>
  parseEnv({ ...databaseEnv, ...dataEnv, ...logEnv }, source);
