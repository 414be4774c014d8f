import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "@maru/platform/log";

const PROBE_EVERY_MS = 1_000;

/**
 * Closed while the database is away: then the lanes fetch nothing, and what runs waits here instead of failing. Nothing is acknowledged and no
 * attempt is counted for an outage.
 */
export type DatabaseGate = {
  isOpen(): boolean;
  /** Resolves while or as soon as the database answers; rejects with the signal. */
  whenOpen(signal: AbortSignal): Promise<void>;
  /** Somebody's query failed as if the database were away: asks it, and closes the gate when that is true. */
  suspect(): Promise<boolean>;
  onChange(listener: (isOpen: boolean) => void): void;
  stop(): void;
};

export const createDatabaseGate = (probe: () => Promise<unknown>, log: Log): DatabaseGate => {
  let opened: Promise<void> | null = null;
  const stopping = new AbortController();
  const listeners: ((isOpen: boolean) => void)[] = [];
  const answers = () =>
    probe().then(
      () => true,
      () => false,
    );

  const waitForDatabase = async (): Promise<void> => {
    log.warn("the database is away: the lanes pause");
    for (const listener of listeners) listener(false);
    do await sleep(PROBE_EVERY_MS, undefined, { signal: stopping.signal });
    while (!(await answers()));
    opened = null;
    log.info("the database is back: the lanes go on");
    for (const listener of listeners) listener(true);
  };

  return {
    isOpen: () => opened === null,
    whenOpen: async (signal) => {
      if (opened === null) return;
      let giveUp = () => {};
      const aborted = new Promise<never>((_resolve, reject) => {
        giveUp = () => reject(signal.reason);
        if (signal.aborted) giveUp();
        signal.addEventListener("abort", giveUp, { once: true });
      });
      try {
        await Promise.race([opened, aborted]);
      } finally {
        signal.removeEventListener("abort", giveUp);
      }
    },
    suspect: async () => {
      if (opened !== null) return true;
      if (await answers()) return false;
      opened ??= waitForDatabase();
      // Ended by stop() alone; whoever waits is told by its own signal.
      opened.catch(() => {});
      return true;
    },
    onChange: (listener) => void listeners.push(listener),
    stop: () => stopping.abort(),
  };
};
