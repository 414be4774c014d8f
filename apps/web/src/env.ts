import { isIP } from "node:net";
import { databaseEnv, dataEnv, demoEnv, keysEnv, logEnv, originEnv, originText, parseEnv, redisEnv, secretEnv } from "@maru/platform/env";
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

/** How this installation is registered at a provider. */
const client = z
  .string()
  .regex(/^[^:\s]+:\S+$/, "<client id>:<client secret>")
  .transform((text) => ({ clientId: text.slice(0, text.indexOf(":")), clientSecret: text.slice(text.indexOf(":") + 1) }))
  .optional();

/** Where a provider is: encrypted, or on this computer. */
const isIssuer = (text: string): boolean => {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || hostname === "localhost" || isLoopbackAddress(hostname);
};

/** Everything that the web process reads from its environment, and what it is for. */
export const webEnvShape = {
  ...databaseEnv,
  ...redisEnv,
  ...originEnv,
  ...dataEnv,
  ...secretEnv,
  ...keysEnv,
  ...demoEnv,
  ...logEnv,
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000).describe("the port that the web process listens on"),
  MARU_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("the address that the web process listens on; loopback unless https stands before it"),
  MARU_TRUSTED_PROXY: listOf(z.string().refine(isRange, "an address or a range such as 10.0.0.0/24")).describe(
    "addresses of the proxies whose X-Forwarded-For is believed",
  ),
  MARU_CORS_ORIGINS: listOf(originText).describe("origins whose scripts may call /api/v1 from a browser"),
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
  MARU_LOGIN_KAKAO: client.describe("sign-in with Kakao, <client id>:<client secret>"),
  MARU_LOGIN_NAVER: client.describe("sign-in with Naver, <client id>:<client secret>"),
  MARU_LOGIN_GOOGLE: client.describe("sign-in with Google, <client id>:<client secret>"),
  MARU_LOGIN_GITHUB: client.describe("sign-in with GitHub, <client id>:<client secret>"),
  MARU_LOGIN_ENTRA: client.describe("sign-in with Microsoft Entra, <client id>:<client secret>; needs MARU_ENTRA_ISSUER"),
  MARU_ENTRA_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(isIssuer, "an https address")
    .optional()
    .describe("the company's own issuer, https://login.microsoftonline.com/<tenant id>/v2.0"),
  MARU_WEB_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10).describe("database connections of the web process"),
};

type Guarded = {
  readonly isDemo: boolean;
  readonly host: string;
  readonly origin: string;
  readonly trustedProxies: readonly string[];
  readonly federation?: { readonly entra?: { readonly issuer?: string } };
};

/** What the environment may not ask for, as a sentence each. */
export const findUnsafe = (env: Guarded): string[] => {
  const isLoopback = env.host === "localhost" || isLoopbackAddress(env.host);
  const isPlain = env.origin.startsWith("http:");
  return [
    ...(env.isDemo && !isLoopback
      ? ["MARU_DEMO: everybody can read the demo's password, so it listens on loopback only; set MARU_HOST=127.0.0.1"]
      : []),
    ...(isPlain && !isLoopback && env.trustedProxies.length === 0
      ? ["MARU_URL: without https Maru listens on loopback only; set an https address, or name the proxy before it in MARU_TRUSTED_PROXY"]
      : []),
    // Without the company's own issuer everybody's company would be good.
    ...(env.federation?.entra && !env.federation.entra.issuer
      ? ["MARU_LOGIN_ENTRA: it needs the company's own issuer in MARU_ENTRA_ISSUER"]
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
    keys: env.MARU_KEYS,
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
    federation: {
      kakao: env.MARU_LOGIN_KAKAO,
      naver: env.MARU_LOGIN_NAVER,
      google: env.MARU_LOGIN_GOOGLE,
      github: env.MARU_LOGIN_GITHUB,
      entra: env.MARU_LOGIN_ENTRA && { ...env.MARU_LOGIN_ENTRA, issuer: env.MARU_ENTRA_ISSUER },
    },
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
