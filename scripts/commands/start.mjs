import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { ClearError, showError } from "../stack/clear-error.mjs";
import { chooseDataFolder, emptyDataFolder, explainingProblems, prepareDataFolder } from "../stack/data-folder.mjs";
import { findDatabaseUser } from "../stack/database-user.mjs";
import { lockDataFolder } from "../stack/instance-lock.mjs";
import { readLaunchSettings } from "../stack/launch-settings.mjs";
import { keepLogsSmall, rotateLogs } from "../stack/logs.mjs";
import { ensureBuild, ensureDependencies } from "../stack/packages.mjs";
import { findFreePort, requireFreePort } from "../stack/ports.mjs";
import { postgresFolders } from "../stack/postgres.mjs";
import { stopLeftovers } from "../stack/process-records.mjs";
import { identify, identifyNpmAbove, isRunning } from "../stack/processes.mjs";
import { prepareDatabase, productEnvironment, productServices } from "../stack/product.mjs";
import { inRepository } from "../stack/repository.mjs";
import { endRunningCommands, tailOf } from "../stack/run-command.mjs";
import { readOrCreateSecrets } from "../stack/secrets.mjs";
import { step } from "../stack/steps.mjs";
import { postgresService, redisService } from "../stack/stored-services.mjs";
import { Supervisor } from "../stack/supervisor.mjs";

const usage = `npm start                      starts Maru and whatever it needs
npm start -- --reset           deletes everything that Maru stored, then starts from the demo again (asks first)
npm start -- --reset --yes     the same without asking`;

/** @typedef {{ folder: string, databaseUser: import("../stack/database-user.mjs").SystemUser | null }} Place */

/**
 * `npm start`: from a bare checkout to a running Maru, which it then keeps running until it is told to stop.
 *
 * @param {string[]} args
 */
export async function start(args) {
  try {
    await run(args);
  } catch (error) {
    showError(error);
    process.exit(1);
  }
}

/** @param {string[]} args */
async function run(args) {
  const options = readArguments(args);
  if (options === null) return;
  if (existsSync(inRepository(".env"))) process.loadEnvFile(inRepository(".env"));
  const settings = await readLaunchSettings(process.env);
  const databaseUser = settings.databaseUrl === null ? findDatabaseUser() : null;
  const { folder, moved } = chooseDataFolder(process.env, databaseUser);
  if (options.reset) await confirmReset(folder, settings, options.yes);

  prepareDataFolder(folder);
  const unlock = explainingProblems(folder, () => lockDataFolder(folder));
  const supervisor = new Supervisor({ runFolder: join(folder, "run"), say });
  const end = stopOnSignals(supervisor, unlock);
  try {
    process.stdout.write(
      `Maru starts (data in ${folder}${moved ? ", because the checkout lies where the database's user cannot enter" : ""})\n`,
    );
    await bringUp({ folder, databaseUser }, settings, supervisor, options.reset);
    if (!end.hasBegun()) showReady(settings, folder);
  } catch (error) {
    if (end.hasBegun()) return;
    await supervisor.stop();
    unlock();
    throw error;
  }
}

/** @param {string[]} args */
function readArguments(args) {
  const unknown = args.find((arg) => !["--reset", "--yes", "-y", "--help", "-h"].includes(arg));
  if (unknown !== undefined) throw new ClearError(`There is no option ${unknown}.`, usage);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${usage}\n`);
    return null;
  }
  return { reset: args.includes("--reset"), yes: args.includes("--yes") || args.includes("-y") };
}

/**
 * @param {string} folder
 * @param {import("../stack/launch-settings.mjs").LaunchSettings} settings
 * @param {boolean} yes
 */
async function confirmReset(folder, settings, yes) {
  if (settings.databaseUrl !== null || settings.redisUrl !== null) {
    throw new ClearError(
      "--reset deletes only what Maru keeps in its data folder, but DATABASE_URL or REDIS_URL names a server elsewhere: empty that one by hand.",
    );
  }
  if (yes) return;
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    throw new ClearError(`--reset deletes everything in ${folder} and there is no terminal to ask: add --yes if you mean it.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`This deletes every person, post and file in ${folder}. Type yes to go on: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== "yes") throw new ClearError("Nothing was deleted.");
}

/**
 * @param {Place} place
 * @param {import("../stack/launch-settings.mjs").LaunchSettings} settings
 * @param {Supervisor} supervisor
 * @param {boolean} reset
 */
async function bringUp({ folder, databaseUser }, settings, supervisor, reset) {
  const leftovers = await stopLeftovers(join(folder, "run"));
  if (leftovers.length > 0) say(`stopped what an earlier start left behind: ${leftovers.join(", ")}`);
  if (reset) await step("reset", async () => deleteEverything(folder));
  await requireFreePort(settings.port, settings.host);
  const logsFolder = join(folder, "logs");
  explainingProblems(folder, () => rotateLogs(logsFolder));
  keepLogsSmall(logsFolder);

  await step("dependencies", async (note) => (await ensureDependencies()) || note("unchanged"));
  await step("build", async (note) => (await ensureBuild()) || note("unchanged"));
  const secrets = explainingProblems(folder, () => readOrCreateSecrets(folder));
  const databaseUrl = settings.databaseUrl ?? (await bringUpPostgres(folder, logsFolder, secrets, databaseUser, supervisor));
  const redisUrl = settings.redisUrl ?? (await bringUpRedis(folder, logsFolder, secrets, supervisor));
  const env = productEnvironment({
    ...settings,
    databaseUrl,
    redisUrl,
    dataFolder: folder,
    secret: process.env.MARU_SECRET || secrets.secret,
    workerPort: Number(process.env.WORKER_PORT) || (await findFreePort()),
  });
  await step("database", async () => {
    const result = await prepareDatabase(env, settings);
    if (result.code !== 0) throw new ClearError("The database could not be brought to this version.", tailOf(result.output));
  });
  const { web, worker } = productServices(env, logsFolder);
  await step("web and worker", async () => {
    // The worker is listed first, so that it is stopped after web: what web still hands over is still drained.
    await Promise.all([supervisor.start(worker), supervisor.start(web)]);
  });
}

/** @param {string} folder */
function deleteEverything(folder) {
  emptyDataFolder(folder);
  for (const database of postgresFolders(folder)) rmSync(database, { recursive: true, force: true });
  prepareDataFolder(folder);
}

/**
 * @param {string} dataFolder
 * @param {string} logsFolder
 * @param {ReturnType<typeof readOrCreateSecrets>} secrets
 * @param {import("../stack/database-user.mjs").SystemUser | null} databaseUser
 * @param {Supervisor} supervisor
 */
function bringUpPostgres(dataFolder, logsFolder, secrets, databaseUser, supervisor) {
  return step("PostgreSQL", async (note) => {
    const password = secrets.databasePassword;
    const { service, findUrl, remark } = await postgresService({
      dataFolder,
      logsFolder,
      password,
      passwordIsNew: secrets.areNew,
      databaseUser,
    });
    await supervisor.start(service);
    note(remark);
    return findUrl();
  });
}

/**
 * @param {string} dataFolder
 * @param {string} logsFolder
 * @param {ReturnType<typeof readOrCreateSecrets>} secrets
 * @param {Supervisor} supervisor
 */
function bringUpRedis(dataFolder, logsFolder, secrets, supervisor) {
  return step("Redis", async (note) => {
    const { service, findUrl, remark } = await redisService({ dataFolder, logsFolder, password: secrets.redisPassword });
    await supervisor.start(service);
    note(remark);
    return findUrl();
  });
}

/**
 * Ctrl-C, SIGTERM, a closed terminal and the end of an `npm start` around us all mean: stop everything, in order.
 *
 * @param {Supervisor} supervisor
 * @param {() => void} unlock
 */
function stopOnSignals(supervisor, unlock) {
  let hasBegun = false;
  const stop = async () => {
    // npm passes on the Ctrl-C that we already got from the terminal, so a second signal is nothing new.
    if (hasBegun) return;
    hasBegun = true;
    process.stdout.write("\nMaru stops.\n");
    await endRunningCommands();
    await supervisor.stop();
    unlock();
    process.exit(0);
  };
  for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, stop);
  // A terminal that is gone must not end us halfway.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  if (process.env.npm_lifecycle_event !== undefined) stopWithParents(stop);
  return { hasBegun: () => hasBegun };
}

/**
 * The shell between npm and us ends on a signal without passing it on, and npm may be ended by force: in both cases nobody
 * would be left whom a person could stop.
 *
 * @param {() => Promise<void>} stop
 */
function stopWithParents(stop) {
  const parents = [identify(process.ppid), identifyNpmAbove(process.ppid)].filter((parent) => parent !== null);
  const timer = setInterval(() => {
    if (parents.some((parent) => !isRunning(parent))) stop();
  }, 1_000);
  timer.unref();
}

/**
 * @param {import("../stack/launch-settings.mjs").LaunchSettings} settings
 * @param {string} folder
 */
function showReady({ url, host, isDemo, remarks }, folder) {
  const lines = ["", `Maru is ready at ${url}`, ""];
  if (url.startsWith("http:")) lines.push(`  Plain http on ${host}: put a proxy with https before it for other machines.`);
  lines.push(...remarks.map((remark) => `  ${remark}`));
  if (isDemo) {
    lines.push(
      "  Demo accounts, all with the password maru-demo-passphrase:",
      "    admin",
      "    hong   홍길동 과장",
      "    kim    김영희 차장",
    );
  }
  lines.push(`  Logs in ${join(folder, "logs")}. Stop with Ctrl-C.`, "");
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`  ${new Date().toTimeString().slice(0, 8)}  ${line}\n`);
}
