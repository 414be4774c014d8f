import { createMaru, type Maru } from "@maru/api";
import { newId } from "@maru/platform/crypto/id";
import type { ImageMaker } from "@maru/platform/images";
import type { Lane } from "@maru/platform/jobs";
import type { Log } from "@maru/platform/log";
import type { Mailer } from "@maru/platform/mail";
import { openLanes } from "@maru/platform/queue";
import { startCanary } from "@maru/platform/queue/canary";
import { startLaneWorker } from "@maru/platform/queue/lane-worker";
import { openWorkerConnection } from "@maru/platform/queue/redis-connection";
import { createWorkerTelemetry } from "@maru/platform/telemetry";
import { awaitDatabase, awaitRedis, findMigrationFaults, refuse } from "./boot-checks";
import { createDatabaseGate } from "./database-gate";
import { createExecutor } from "./executor";
import { startProbes } from "./probes";
import { createRegistry, findRegistryFaults, laneSettingsOf, type Reactions } from "./registry";
import { startRelay } from "./relay";
import { createTicks } from "./ticks";
import { startWatchdog } from "./watchdog";

const WORK_LANES: readonly Lane[] = ["notify", "mail-high", "media-fast", "tick", "maintenance", "export", "directory"];
/** With what follows it, everything has stopped 25 s after it was asked to. */
const CANCEL_AFTER_MS = 20_000;
const DRAIN_MS = 23_000;

export type WorkerOptions = {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dataDir: string;
  readonly secret: string;
  readonly keys?: string | null;
  readonly formerSecrets?: readonly string[];
  readonly auditKeptDays?: number;
  readonly poolSize: number;
  readonly port: number;
  readonly migrationsFolder: string;
  readonly reactions: Reactions;
  readonly images?: ImageMaker;
  readonly mailer?: Mailer | null;
  readonly origin?: string;
  readonly log: Log;
  readonly onWedged: () => void;
};

/** Everything that can keep this process from its work, before any of it begins. */
const checkBoot = async (maru: Maru, { migrationsFolder, log }: WorkerOptions): Promise<void> => {
  await awaitDatabase(maru.database.pool, log);
  refuse(await findMigrationFaults(maru.database.pool, migrationsFolder));
};

/** The signals of the two steps of an end: begin nothing more, then cancel what still runs. */
const createEnding = () => {
  const stopping = new AbortController();
  const cancelling = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    stopping: stopping.signal,
    cancelling: cancelling.signal,
    begin: () => {
      stopping.abort(new Error("the worker stops"));
      timer = setTimeout(() => cancelling.abort(new Error("the worker stops")), CANCEL_AFTER_MS);
    },
    end: () => clearTimeout(timer),
  };
};

/** Composes and starts the worker: relay, lanes, watchdog, probes. What `stop` gives has ended when it resolves. */
export const startWorker = async (options: WorkerOptions) => {
  const { redisUrl, reactions, log } = options;
  refuse(findRegistryFaults(reactions));
  const maru = createMaru({ ...options, processName: "worker" });
  const ending = createEnding();
  const connection = openWorkerConnection(redisUrl, log);
  const telemetry = createWorkerTelemetry();
  const gate = createDatabaseGate(() => maru.database.pool.query("SELECT 1"), log);
  let isReady = false;
  let isAlive = () => true;
  const probes = await startProbes({ port: options.port, telemetry, isAlive: () => isAlive(), isReady: () => isReady && gate.isOpen() });
  try {
    await checkBoot(maru, options);
    await awaitRedis(connection, ending.stopping);
  } catch (error) {
    connection.disconnect();
    await Promise.all([maru.close(), probes.close()]);
    throw error;
  }

  const lanes = openLanes(redisUrl, log);
  const registry = createRegistry(reactions);
  const shared = {
    database: maru.database,
    hints: maru.hints,
    maru,
    lanes,
    registry,
    gate,
    telemetry,
    log,
    schedule: reactions.schedule,
    ...ending,
  };
  const execute = createExecutor(shared);
  const ticks = createTicks(shared);
  const workers = WORK_LANES.map((lane) =>
    startLaneWorker(lane, laneSettingsOf(lane, reactions), {
      connection,
      log,
      process: (job) => (ticks.isTick(job) ? ticks.run(job) : execute(job)),
    }),
  );
  telemetry.databaseUp.set(1);
  gate.onChange((isOpen) => {
    telemetry.databaseUp.set(isOpen ? 1 : 0);
    for (const worker of workers) isOpen ? worker.resume() : void worker.pause();
  });
  const relay = startRelay(shared);
  const watchdog = startWatchdog(shared);
  const canary = startCanary({ redisUrl, connection, instance: newId(), log, onWedged: options.onWedged });
  isAlive = canary.isAlive;
  isReady = true;

  const stop = async (): Promise<void> => {
    isReady = false;
    ending.begin();
    await Promise.all([relay.stop(), watchdog.stop(), canary.close(), ...workers.map((worker) => worker.close(DRAIN_MS))]);
    ending.end();
    gate.stop();
    // Redis before PostgreSQL: a job that is acknowledged was remembered.
    await lanes.close();
    connection.disconnect();
    await maru.close();
    await probes.close();
  };
  return { port: probes.port, stop };
};
