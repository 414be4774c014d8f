import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processTree } from "./memory";

export type Instance = {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Where the worker says that it is alive. */
  readonly workerPort: number;
  /** The process of `npm start`. */
  readonly pid: number;
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
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const response = await fetch(`${origin}/readyz`).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`${origin} did not become ready`);
};

type Ports = { readonly port: number; readonly workerPort: number };

const startOn = (databaseUrl: string, redisUrl: string, dataDir: string, { port, workerPort }: Ports, logFile: number): ChildProcess => {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    MARU_DATA_DIR: dataDir,
    MARU_DEMO: "1",
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    // One person reads and writes here as fast as the server answers; the limits themselves are tested elsewhere.
    MARU_WRITES_PER_MINUTE: "10000000",
    MARU_READS_PER_SECOND: "1000000",
  };
  return spawn("npm", ["start"], { env, stdio: ["ignore", logFile, logFile] });
};

const stopWithAllBelow = async (child: ChildProcess): Promise<void> => {
  const pids = processTree(child.pid as number);
  child.kill("SIGTERM");
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (!pids.some((pid) => existsSync(`/proc/${pid}`))) return;
    await sleep(100);
  }
  throw new Error("npm start did not end within 30 s");
};

/** The real `npm start` with the demo organisation, on a database and a Redis that are given, on free ports and with a data folder of its own. */
export const startInstance = async (
  databaseUrl: string,
  redisUrl: string,
  options: { fill: () => Promise<unknown> },
): Promise<Instance> => {
  const dataDir = await mkdtemp(join(tmpdir(), "maru-bench-"));
  const [port, workerPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const log = await open(join(dataDir, "bench.log"), "a");
  const child = startOn(databaseUrl, redisUrl, dataDir, { port, workerPort }, log.fd);
  await waitUntilReady(origin);
  await options.fill();
  const stop = async () => {
    await stopWithAllBelow(child);
    await log.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { origin, databaseUrl, dataDir, workerPort, pid: child.pid as number, stop };
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
