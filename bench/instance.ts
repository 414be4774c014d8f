import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Instance = {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly pids: readonly number[];
  stop(): Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const waitUntilReady = async (origin: string): Promise<void> => {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await fetch(`${origin}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${origin} did not become ready`);
};

const stopChild = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
  });

const run = async (program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
};

/** Prepares a database with the demo organisation and runs web and worker on it, as `npm start` does, on free ports. */
export const startInstance = async (
  databaseUrl: string,
  redisUrl: string,
  options: { fill: () => Promise<unknown> },
): Promise<Instance> => {
  const dataDir = await mkdtemp(join(tmpdir(), "maru-bench-"));
  const [port, workerPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    MARU_DATA_DIR: dataDir,
    MARU_SECRET: randomBytes(32).toString("hex"),
    MARU_HOST: "127.0.0.1",
    MARU_URL: origin,
    MARU_DEMO: "1",
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    // One person reads and writes here as fast as the server answers; the limits themselves are tested elsewhere.
    MARU_WRITES_PER_MINUTE: "10000000",
    MARU_READS_PER_SECOND: "1000000",
  };
  await run("apps/worker/dist/prepare.js", ["--demo"], env);
  await options.fill();
  const log = await open(join(dataDir, "bench.log"), "a");
  const start = (program: string) => spawn(process.execPath, [program], { env, stdio: ["ignore", log.fd, log.fd] });
  const children = [start("apps/web/dist/server.js"), start("apps/worker/dist/main.js")];
  await waitUntilReady(origin);
  const stop = async () => {
    await Promise.all(children.map(stopChild));
    await log.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { origin, databaseUrl, dataDir, pids: children.map(({ pid }) => pid as number), stop };
};

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** Signs in the way the sign-in page does and returns the cookie header. */
export const signInOnWeb = async (origin: string, username: string): Promise<string> => {
  const first = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const csrfCookie = cookiesOf(first);
  const response = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: csrfCookie, origin, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ csrfToken, username, password: "maru-demo-passphrase", json: "true" }),
  });
  const cookie = cookiesOf(response);
  if (!cookie.includes("session")) throw new Error(`signing in as ${username} was refused: ${response.status}`);
  return cookie;
};

/** Signs in through the API and returns the access token. */
export const signInOnApi = async (origin: string, username: string): Promise<string> => {
  const response = await fetch(`${origin}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: "maru-demo-passphrase" }),
  });
  const { data } = (await response.json()) as { data: { accessToken: string } };
  return data.accessToken;
};
