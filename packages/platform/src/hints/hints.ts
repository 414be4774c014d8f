import { Redis } from "ioredis";
import type { Log } from "../log/log";

/**
 * A hint says "look again" to other processes, over Redis pub/sub. Nothing depends on its arrival: whoever misses one finds the truth in
 * PostgreSQL a few seconds later. So publishing never fails and never waits.
 */
export type Hints = {
  publish(channel: string, message?: string): void;
  subscribe(channel: string, listener: (message: string) => void): () => void;
  isConnected(): boolean;
  close(): void;
};

const PREFIX = "maru:hint:";

// Reconnects for ever, at most every 2 s, and keeps nothing in an offline queue: an old hint is worth nothing.
const connection = { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: (times: number) => Math.min(times * 200, 2_000) };

export const createHints = (redisUrl: string, log: Log): Hints => {
  const publisher = new Redis(redisUrl, connection);
  const subscriber = new Redis(redisUrl, { ...connection, autoResubscribe: true });
  const listeners = new Map<string, Set<(message: string) => void>>();
  let isDown = false;
  const onError = (error: Error) => {
    if (!isDown) log.warn({ err: error.message }, "redis is not reachable: hints pause");
    isDown = true;
  };
  publisher.on("error", onError);
  subscriber.on("error", onError);
  subscriber.on("ready", () => {
    isDown = false;
    const channels = [...listeners.keys()].map((channel) => PREFIX + channel);
    if (channels.length > 0) subscriber.subscribe(...channels).catch(onError);
  });
  subscriber.on("message", (channel: string, message: string) => {
    for (const listener of listeners.get(channel.slice(PREFIX.length)) ?? []) listener(message);
  });
  return {
    publish: (channel, message = "") => {
      if (publisher.status === "ready") publisher.publish(PREFIX + channel, message).catch(onError);
    },
    subscribe: (channel, listener) => {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      if (known.size === 1 && subscriber.status === "ready") subscriber.subscribe(PREFIX + channel).catch(onError);
      return () => void known.delete(listener);
    },
    isConnected: () => publisher.status === "ready",
    close: () => {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
};
