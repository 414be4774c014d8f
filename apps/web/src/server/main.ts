import "@maru/db/compact-wasm";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMaru } from "@maru/api";
import { bufferedOutput, createLog } from "@maru/platform/log";
import next from "next";
import { readWebEnv, tellNextAuth, tellNextConfig } from "../env";
import { composeApp, STATEMENT_TIMEOUT_MS } from "./compose";
import { createFrontDoor } from "./front-door";
import { installMaruApp } from "./maru-app";

/** Written by build.mjs: the newest migration that this build was made with. */
declare const MARU_MIGRATION: string;

const DRAIN_WITHIN_MS = 10_000;

const webFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
const settings = readWebEnv();
tellNextAuth(settings.origin);
const builtConfig = join(webFolder, ".next/required-server-files.json");
if (existsSync(builtConfig)) tellNextConfig((JSON.parse(readFileSync(builtConfig, "utf8")) as { config: unknown }).config);

const output = bufferedOutput();
const log = createLog({ service: "web", level: settings.logLevel, destination: output });
const maru = createMaru({
  databaseUrl: settings.databaseUrl,
  redisUrl: settings.redisUrl,
  dataDir: settings.dataDir,
  secret: settings.secret,
  keys: settings.keys,
  origin: settings.origin,
  federation: settings.federation,
  poolSize: settings.poolSize,
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  processName: "web",
  log,
});
const { app, authenticator } = composeApp(maru, settings);
installMaruApp(app);

const pages = next({ dev: false, dir: webFolder, hostname: settings.host, port: settings.port, customServer: true });
const handlePage = pages.getRequestHandler();
const frontDoor = createFrontDoor({
  maru,
  authenticator,
  settings,
  sessionCookie: app.config.sessionCookie,
  migration: MARU_MIGRATION,
  handlePage: (request, response) => handlePage(request, response),
  accessLog: settings.logLevel === "info" || settings.logLevel === "debug" ? output : { write: () => {} },
});

const stop = async (signal: string): Promise<void> => {
  log.info({ signal }, "stopping");
  await frontDoor.drain(DRAIN_WITHIN_MS);
  authenticator.close();
  await pages.close();
  await maru.close();
  log.info("stopped");
  output.flushSync();
  process.exit(0);
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));

const fail = (error: unknown, message: string): never => {
  log.fatal({ err: error }, message);
  output.flushSync();
  process.exit(1);
};
process.on("uncaughtException", (error) => fail(error, "an error that nobody caught ended the process"));
process.on("unhandledRejection", (error) => log.error({ err: error }, "a promise was rejected and nobody looked"));

await pages.prepare().catch((error: unknown) => fail(error, "the pages could not be loaded: was the web app built?"));
frontDoor.server.once("error", (error) => fail(error, `port ${settings.port} on ${settings.host} could not be opened`));
frontDoor.server.listen(settings.port, settings.host, () => {
  const cookies = app.config.isSecure ? "https, __Host- cookies" : "http, plain cookie names, loopback or behind a proxy";
  log.info({ host: settings.host, port: settings.port, origin: settings.origin, isDemo: settings.isDemo }, `listening (${cookies})`);
});
