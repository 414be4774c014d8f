import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { LANES } from "../jobs/jobs";
import type { Log } from "../log/log";
import { startLaneWorker } from "./lane-worker";
import { QUEUE_PREFIX } from "./queue";
import { openProducerConnection } from "./redis-connection";

const LOOK_MS = 5_000;
const SING_MS = 15_000;
const PATIENCE_MS = 90_000;
/** Longer than this between two looks and the process was frozen, as a whole: it gets its time again. */
const FROZEN_MS = 3 * LOOK_MS;
const KEYS_LIVE_SECONDS = 600;

type CanaryOptions = {
  readonly redisUrl: string;
  /** The connection whose lanes are proved to work. */
  readonly connection: Redis;
  readonly instance: string;
  readonly log: Log;
  readonly onWedged: () => void;
};

/**
 * Proves that this process still takes jobs: it gives itself one every 15 s, in a queue of its own, and is wedged when none ran for 90 s.
 * Time counts only while Redis answers on a connection apart: a worker without Redis waits, one that does nothing in spite of it is replaced.
 */
export const startCanary = ({ redisUrl, connection, instance, log, onWedged }: CanaryOptions) => {
  const name = `canary-${instance}`;
  const producer = openProducerConnection(redisUrl, log);
  const queue = new Queue(name, {
    connection: producer,
    prefix: QUEUE_PREFIX,
    skipVersionCheck: true,
    skipWaitingForReady: true,
    skipMetasUpdate: true,
  });
  queue.on("error", (error) => log.debug({ err: error.message }, "the canary's queue reported an error"));
  let provedAt = performance.now();
  let lookedAt = performance.now();
  let sangAt = -SING_MS;
  const worker = startLaneWorker(
    name,
    { ...LANES.canary, maxStarted: 3 },
    {
      connection,
      log,
      process: async () => {
        provedAt = performance.now();
      },
    },
  );

  const sing = async (): Promise<void> => {
    await queue.add("canary", {}, { removeOnComplete: true, removeOnFail: true });
    // The queue goes away with its process, however that ends.
    const pipeline = producer.pipeline();
    for (const key of Object.values(queue.keys)) pipeline.expire(key, KEYS_LIVE_SECONDS);
    await pipeline.exec();
  };

  const look = async (): Promise<void> => {
    const now = performance.now();
    const wasFrozen = now - lookedAt > FROZEN_MS;
    lookedAt = now;
    const doesRedisAnswer = await producer.ping().then(
      () => true,
      () => false,
    );
    if (wasFrozen || !doesRedisAnswer) provedAt = now;
    if (!doesRedisAnswer) return;
    if (now - provedAt > PATIENCE_MS) return onWedged();
    if (now - sangAt < SING_MS) return;
    sangAt = now;
    await sing().catch((error: Error) => log.debug({ err: error.message }, "the canary could not sing"));
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  producer.once("ready", () => void look());

  return {
    isAlive: (): boolean => performance.now() - provedAt <= PATIENCE_MS,
    close: async (): Promise<void> => {
      clearInterval(timer);
      await worker.close(2_000);
      if (producer.status === "ready") await queue.obliterate({ force: true }).catch(() => {});
      await queue.close();
      producer.disconnect();
    },
  };
};
