import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Log } from "../log/log";

/** What became of a request for a place: `count` is how many are taken in the window, this one included. */
export type Taken = { readonly isAllowed: boolean; readonly count: number; readonly retryAfterMs: number };

export type Limiter = {
  /** Takes one place of `key`, for as long as the window or `windowMs` lasts. */
  take(key: string, windowMs?: number): Promise<Taken>;
  /** Gives one place back: what was reserved did not count after all. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

export type Limits = {
  /** The limiter of this name; the first caller decides what it allows. */
  limiter(name: string, allows: { places: number; windowMs: number }): Limiter;
  close(): void;
};

const PREFIX = "maru:limit";

const limiterOf = (counter: RateLimiterRedis): Limiter => ({
  take: async (key, windowMs) => {
    try {
      const taken = await counter.consume(key, 1, windowMs === undefined ? {} : { customDuration: Math.ceil(windowMs / 1000) });
      return { isAllowed: true, count: taken.consumedPoints, retryAfterMs: 0 };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { isAllowed: false, count: refusal.consumedPoints, retryAfterMs: Math.max(1_000, refusal.msBeforeNext) };
    }
  },
  giveBack: async (key) => void (await counter.reward(key, 1)),
  forget: async (key) => void (await counter.delete(key)),
});

/**
 * Limits that all processes share, counted in Redis. While Redis is away each process counts in its own memory: a limit gets a little
 * wider then, never open. The connection is made when the first limiter is asked for.
 */
export const createLimits = (redisUrl: string, log: Log): Limits => {
  const limiters = new Map<string, Limiter>();
  let redis: Redis | undefined;
  const connect = (): Redis => {
    const made = new Redis(redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 1_000,
      retryStrategy: (times) => Math.min(times * 200, 2_000),
    });
    let isDown = false;
    made.on("error", (error) => {
      if (!isDown) log.warn({ err: error.message }, "redis is not reachable: limits are counted in memory");
      isDown = true;
    });
    made.on("ready", () => {
      isDown = false;
    });
    return made;
  };
  return {
    limiter: (name, { places, windowMs }) => {
      const known = limiters.get(name);
      if (known) return known;
      redis ??= connect();
      const rule = { points: places, duration: Math.ceil(windowMs / 1000), keyPrefix: `${PREFIX}:${name}` };
      const made = limiterOf(
        new RateLimiterRedis({ ...rule, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: new RateLimiterMemory(rule) }),
      );
      limiters.set(name, made);
      return made;
    },
    close: () => redis?.disconnect(),
  };
};

/** A limit inside one process, per key and second, for what happens too often to ask anybody. */
export const createBucket = (perSecond: number, now: () => number = Date.now) => {
  let second = 0;
  let counts = new Map<string, number>();
  /** True while there is room for `amount` more. */
  return (key: string, amount = 1): boolean => {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      second = current;
      counts = new Map();
    }
    const count = (counts.get(key) ?? 0) + amount;
    counts.set(key, count);
    return count <= perSecond;
  };
};
