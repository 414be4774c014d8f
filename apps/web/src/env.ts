import { isIP } from "node:net";
import { databaseEnv, dataEnv, demoEnv, logEnv, parseEnv, redisEnv, secretEnv } from "@maru/platform/env";
import { isLoopbackAddress } from "@maru/platform/http/address";
import { z } from "zod";

const listOf = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ""))
    .pipe(z.array(item));

const isRange = (text: string): boolean => {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  return (
    version !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32)))
  );
};

const origin = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "", "only scheme, host and port")
  .transform((url) => url.origin);

/** Everything that the web process reads from its environment, and what it is for. */
export const webEnvShape = {
  ...databaseEnv,
  ...redisEnv,
  ...dataEnv,
  ...secretEnv,
  ...demoEnv,
  ...logEnv,
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000).describe("the port that the web process listens on"),
  MARU_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("the address that the web process listens on; loopback unless https stands before it"),
  MARU_URL: origin.optional().describe("the one address under which people open Maru, https://maru.example.com"),
  MARU_TRUSTED_PROXY: listOf(z.string().refine(isRange, "an address or a range such as 10.0.0.0/24")).describe(
    "addresses of the proxies whose X-Forwarded-For is believed",
  ),
  MARU_CORS_ORIGINS: listOf(origin).describe("origins whose scripts may call /api/v1 from a browser"),
  MARU_METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe("a Bearer token that reads /metrics from other machines; without it only loopback may"),
  MARU_WRITES_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(60)
    .describe("how many writes one person may make in a minute, and how many saves of drafts and read marks beside them"),
  MARU_READS_PER_SECOND: z.coerce.number().int().min(1).default(2_000).describe("how many reads one person may make in a second"),
  MARU_WEB_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10).describe("database connections of the web process"),
};

/** What the environment may not ask for, as a sentence each. */
export const findUnsafe = (env: { isDemo: boolean; host: string; origin: string; trustedProxies: readonly string[] }): string[] => {
  const isLoopback = env.host === "localhost" || isLoopbackAddress(env.host);
  const isPlain = env.origin.startsWith("http:");
  return [
    ...(env.isDemo && !isLoopback
      ? ["MARU_DEMO: everybody can read the demo's password, so it listens on loopback only; set MARU_HOST=127.0.0.1"]
      : []),
    ...(isPlain && !isLoopback && env.trustedProxies.length === 0
      ? ["MARU_URL: without https Maru listens on loopback only; set an https address, or name the proxy before it in MARU_TRUSTED_PROXY"]
      : []),
  ];
};

/** The environment of the web process, parsed once; faults end the process with a sentence for each. */
export const readWebEnv = (source: Record<string, string | undefined> = process.env) => {
  const env = parseEnv(webEnvShape, source);
  const settings = {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    dataDir: env.MARU_DATA_DIR,
    secret: env.MARU_SECRET,
    isDemo: env.MARU_DEMO,
    logLevel: env.LOG_LEVEL,
    port: env.PORT,
    host: env.MARU_HOST,
    origin: env.MARU_URL ?? `http://127.0.0.1:${env.PORT}`,
    trustedProxies: env.MARU_TRUSTED_PROXY,
    corsOrigins: env.MARU_CORS_ORIGINS,
    metricsToken: env.MARU_METRICS_TOKEN ?? null,
    writesPerMinute: env.MARU_WRITES_PER_MINUTE,
    readsPerSecond: env.MARU_READS_PER_SECOND,
    poolSize: env.MARU_WEB_POOL_SIZE,
  };
  const unsafe = findUnsafe(settings);
  if (unsafe.length > 0) {
    for (const sentence of unsafe) process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
  return settings;
};
export type WebSettings = ReturnType<typeof readWebEnv>;

/** next-auth reads its own address from the environment and from nowhere else; unset, it would send people to localhost:3000. */
export const tellNextAuth = (ownOrigin: string): void => {
  process.env.NEXTAUTH_URL = ownOrigin;
};

/** Next.js would compile its own configuration again at every start; the build has left it beside its output, and this is where Next.js looks. */
export const tellNextConfig = (config: unknown): void => {
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
};
