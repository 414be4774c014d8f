import { setTimeout as sleep } from "node:timers/promises";
import { type Database, isDatabaseDown } from "@maru/db/client";
import { OUTBOX_HINT } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import type { Hints } from "@maru/platform/hints";
import type { Lane } from "@maru/platform/jobs";
import type { Log } from "@maru/platform/log";
import type { Lanes, QueuedJob } from "@maru/platform/queue";
import type { WorkerTelemetry } from "@maru/platform/telemetry";
import type { DatabaseGate } from "./database-gate";
import { limitsOf, type Registry } from "./registry";
import { claimOutbox, deleteOutbox, hasOutbox, insertWork, type LaneEntry, markQueued, type NewWork, type OutboxItem } from "./work-store";

const POLL_MS = 250;
/** Whoever announces things all the time is heard forty times a second: a batch of many rows costs little more than one of a single row. */
const GATHER_MS = 25;
const BATCH = 100;
const ignore = (): void => {};
const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

type RelayOptions = {
  readonly database: Database;
  readonly hints: Hints;
  readonly lanes: Lanes;
  readonly registry: Registry;
  readonly gate: DatabaseGate;
  readonly telemetry: WorkerTelemetry;
  readonly log: Log;
};

const workOf = (item: OutboxItem, work: Pick<NewWork, "consumer" | "lane" | "dedupeKey" | "error">): NewWork => ({
  id: newId(),
  sourceId: item.id,
  name: item.name,
  version: item.version,
  payload: item.payload,
  actorId: item.actor_id,
  requestId: item.request_id,
  createdAt: item.created_at,
  ...work,
});

const deadWork = (item: OutboxItem, error: string): NewWork => workOf(item, { consumer: item.name, lane: "none", dedupeKey: null, error });

const workOfJob = (item: OutboxItem, registry: Registry): NewWork => {
  const handler = registry.findHandler(item.name);
  if (!handler) return deadWork(item, `unknown job ${item.name}`);
  const input = handler.job.input.safeParse(item.payload);
  if (!input.success) return deadWork(item, `invalid input of ${item.name}: ${input.error.message}`);
  return workOf(item, {
    consumer: item.name,
    lane: handler.job.queue,
    dedupeKey: handler.job.dedupeKey?.(input.data) ?? null,
    error: null,
  });
};

/** What has to be done about one outbox row: one piece of work for each subscriber whom an event concerns, one for a job, a dead letter for what is unknown. */
export const planWork = (item: OutboxItem, registry: Registry): NewWork[] => {
  if (item.kind === "JOB") return [workOfJob(item, registry)];
  if (!registry.isKnownEvent(item.name)) return [deadWork(item, `unknown event ${item.name}`)];
  return registry
    .subscribersOf(item.name, item.payload)
    .map(({ consumer, queue }) => workOf(item, { consumer, lane: queue, dedupeKey: null, error: null }));
};

const byKey = (left: NewWork, right: NewWork): number => {
  const [a, b] = [`${left.name} ${left.dedupeKey ?? ""}`, `${right.name} ${right.dedupeKey ?? ""}`];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** What is added to the lanes, lane by lane. Work of which this build knows nothing is left to a build that does. */
export const toLaneJobs = (entries: readonly LaneEntry[], registry: Registry): Map<Lane, QueuedJob[]> => {
  const byLane = new Map<Lane, QueuedJob[]>();
  for (const entry of entries) {
    const reaction = registry.findReaction(entry);
    if (!reaction) continue;
    const { attempts, backoffMs, queue } = limitsOf(reaction);
    const jobs = byLane.get(queue) ?? [];
    byLane.set(queue, jobs);
    jobs.push({ id: entry.id, name: entry.consumer, attempts, backoffMs });
  }
  return byLane;
};

type BatchOptions = Omit<RelayOptions, "hints" | "gate">;
type Taken = { readonly items: readonly OutboxItem[]; readonly entries: readonly LaneEntry[] };

/** Turns a batch of the outbox into work, in one transaction: it happens whole or not at all, and to each row once. */
const takeOver = async ({ database, registry, log }: BatchOptions): Promise<Taken> => {
  const connection = await database.pool.connect();
  // A connection that dies between two statements says so by an event, and one that nobody hears ends the process.
  connection.on("error", ignore);
  let broken: Error | undefined;
  try {
    await connection.query("BEGIN");
    const items = await claimOutbox(connection, BATCH);
    // In the order of their keys, so that two relays who owe the same never wait for each other.
    const work = items.flatMap((item) => planWork(item, registry)).sort(byKey);
    for (const { consumer, error, sourceId } of work) if (error) log.error({ consumer, sourceId, error }, "a dead letter");
    const entries = work.length > 0 ? await insertWork(connection, work) : [];
    if (items.length > 0) await deleteOutbox(connection, idsOf(items));
    await connection.query("COMMIT");
    return { items, entries };
  } catch (error) {
    // A connection that can't even roll back is thrown away; PostgreSQL rolls back what it left.
    await connection.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    connection.off("error", ignore);
    connection.release(broken);
  }
};

/** Takes over one batch of the outbox, then wakes the lanes as well as it can. Returns how many rows it took. */
export const relayBatch = async (options: BatchOptions): Promise<number> => {
  const { database, lanes, registry, telemetry } = options;
  const { items, entries } = await takeOver(options);
  for (const { kind } of items) telemetry.relayed.inc({ kind: kind.toLowerCase() });
  for (const [lane, jobs] of toLaneJobs(entries, registry)) {
    if (await lanes.add(lane, jobs)) await markQueued(database.pool, idsOf(jobs));
  }
  const events = items.filter(({ kind }) => kind === "EVENT");
  if (events.length > 0) await lanes.append(events.map(({ id, name, payload, created_at }) => ({ id, name, payload, at: created_at })));
  return items.length;
};

/** Carries what transactions have caused into the lanes: at each hint, and four times a second in any case. */
export const startRelay = (options: RelayOptions) => {
  const { database, hints, gate, log } = options;
  const stopping = new AbortController();
  let nap = new AbortController();
  let isHinted = false;
  const stopListening = hints.subscribe(OUTBOX_HINT, () => {
    isHinted = true;
    nap.abort();
  });

  const rest = async (): Promise<void> => {
    if (isHinted) {
      await sleep(GATHER_MS);
      return;
    }
    nap = new AbortController();
    await sleep(POLL_MS, undefined, { signal: nap.signal }).catch(() => {});
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await gate.whenOpen(stopping.signal);
        // Nothing has happened most of the time, and finding that out costs one statement.
        if (isHinted || (await hasOutbox(database.pool))) {
          isHinted = false;
          if ((await relayBatch(options)) === BATCH) continue;
        }
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (!isDatabaseDown(error) || !(await gate.suspect())) log.error({ err: error }, "the relay failed and tries again");
        isHinted = false;
      }
      if (!stopping.signal.aborted) await rest();
    }
  };
  const ended = run();

  return {
    /** Finishes the batch in hand. */
    stop: async (): Promise<void> => {
      stopListening();
      stopping.abort();
      nap.abort();
      await ended;
    },
  };
};
