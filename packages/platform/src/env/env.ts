import { z } from "zod";

/** Fragments that the env.ts of an app composes; each `describe` is what an operator reads when the value is wrong. */
export const databaseEnv = { DATABASE_URL: z.url().describe("the PostgreSQL database, postgresql://user:password@host:5432/maru") };
export const redisEnv = { REDIS_URL: z.url().describe("Redis 6.2 or later with the noeviction policy, redis://:password@host:6379") };
export const dataEnv = { MARU_DATA_DIR: z.string().min(1).describe("the folder that holds uploaded files") };
/** Scheme, host and port, and nothing else. */
export const originText = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "", "only scheme, host and port")
  .transform((url) => url.origin);
export const originEnv = {
  MARU_URL: originText.optional().describe("the one address under which people open Maru, https://maru.example.com"),
};
export const secretEnv = { MARU_SECRET: z.string().min(32).describe("at least 32 random characters; sessions are signed with it") };
/** Keys of the keyring (see crypto/keyring.ts). */
export const keysEnv = {
  MARU_KEYS: z
    .string()
    .default("")
    .refine((text) => /^(?:(?:^|[\s,]+)[a-z0-9]{1,16}:[A-Za-z0-9_-]{43})*$/.test(text), "a list of <id>:<32 bytes in base64url>")
    .transform((text) => (text === "" ? null : text))
    .describe("keys that secrets in the database are encrypted with, the current one first; without any, the file of the data folder"),
};
/** What looks after the audit log: the worker, and the command that verifies it. */
export const auditEnv = {
  MARU_FORMER_SECRETS: z
    .string()
    .default("")
    .transform((value) => value.split(",").filter((secret) => secret !== ""))
    .describe("values that MARU_SECRET had before, with commas between them; what was sealed with them is still verified"),
  MARU_AUDIT_KEPT_DAYS: z.coerce
    .number()
    .int()
    .min(366)
    .max(36_500)
    .default(1_095)
    .describe("how many days audit entries are kept, at least 366"),
};
export const demoEnv = {
  MARU_DEMO: z
    .enum(["0", "1"])
    .default("0")
    .transform((value) => value === "1")
    .describe("1 shows the demo accounts on the sign-in page; loopback only"),
};
export const logEnv = { LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info").describe("how much is logged") };

/** Parses an environment once at boot. On a fault it prints every problem with what the variable is for, and ends the process, with 1 unless told. */
export const parseEnv = <Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Record<string, string | undefined>,
  exitCode = 1,
): z.output<z.ZodObject<Shape>> => {
  const parsed = z.object(shape).safeParse(source);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0]);
    const purpose = (shape[name] as z.ZodType | undefined)?.description ?? "";
    process.stderr.write(`${name}: ${issue.message} (${purpose})\n`);
  }
  process.exit(exitCode);
};
