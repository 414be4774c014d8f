import { type Database, isDatabaseDown } from "@maru/db/client";
import type { Log } from "@maru/platform/log";
import type { Lanes } from "@maru/platform/queue";
import type { WorkerTelemetry } from "@maru/platform/telemetry";
import type { DatabaseGate } from "./database-gate";
import type { Registry } from "./registry";
import { toLaneJobs } from "./relay";
import type { ScheduleEntry } from "./schedule";
import { findOverdue } from "./ticks";
import { countWork, markNotQueued, takeForgotten } from "./work-store";

const EVERY_MS = 15_000;
/** With the interval: an emptied Redis has everything back within 45 s. */
const FORGOTTEN_AFTER_SECONDS = 30;
const BATCH = 500;
/** A round looks at 20,000 at most: a long queue is looked through in several, and an emptied one is still full again within two minutes. */
const MAX_BATCHES = 40;

type WatchdogOptions = {
  readonly database: Database;
  readonly lanes: Lanes;
  readonly registry: Registry;
  readonly schedule: readonly ScheduleEntry[];
  readonly gate: DatabaseGate;
  readonly telemetry: WorkerTelemetry;
  readonly log: Log;
};

/** Queues again what is owed and may have been lost. A job that still stands in its lane is left alone there. Returns how many it looked at. */
export const requeueForgotten = async ({
  database,
  lanes,
  registry,
  telemetry,
  log,
}: Omit<WatchdogOptions, "gate" | "schedule">): Promise<number> => {
  let total = 0;
  for (let batch = 0, taken = BATCH; taken === BATCH && batch < MAX_BATCHES && lanes.isConnected(); batch += 1) {
    const entries = await takeForgotten(database.pool, BATCH, FORGOTTEN_AFTER_SECONDS);
    taken = entries.length;
    total += taken;
    for (const [lane, jobs] of toLaneJobs(entries, registry)) {
      const ids = jobs.map(({ id }) => id);
      if (!(await lanes.addAgain(lane, jobs))) await markNotQueued(database.pool, ids);
    }
  }
  telemetry.requeued.inc(total);
  if (total > 0) log.info({ count: total }, "unfinished work was looked after");
  return total;
};

/** Looks after what nobody else would notice: work that its lane has lost, alarm clocks that are gone, slots that nobody ran. */
export const startWatchdog = (options: WatchdogOptions) => {
  const { database, lanes, schedule, gate, telemetry, log } = options;
  let round: Promise<void> | null = null;

  const lookAround = async (): Promise<void> => {
    if (!gate.isOpen() || !lanes.isConnected()) return;
    try {
      await requeueForgotten(options);
      await lanes.setSchedules("tick", schedule);
      for (const id of await findOverdue(database.pool, schedule)) {
        log.info({ schedule: id }, "an overdue slot is run");
        await lanes.addTick("tick", id);
      }
      for (const [state, count] of Object.entries(await countWork(database.pool))) telemetry.work.set({ state }, count);
    } catch (error) {
      if (!isDatabaseDown(error) || !(await gate.suspect())) log.error({ err: error }, "the watchdog failed and tries again");
    }
  };
  // Rounds never overlap: a slow one takes the place of the next.
  const look = (): void => {
    round ??= lookAround().finally(() => {
      round = null;
    });
  };
  const timer = setInterval(look, EVERY_MS);
  lanes.onConnected(look);
  gate.onChange((isOpen) => {
    if (isOpen) look();
  });
  look();

  return {
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await round;
    },
  };
};
