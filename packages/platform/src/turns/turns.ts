import { setImmediate as nextTurn } from "node:timers/promises";

/** So long whatever else waits in this process (requests, timers, other jobs) may wait without anybody noticing. */
const TURN_MS = 20;

/** Does something with each of many things, one after the other, and lets whatever else waits in this process have its turn in between. */
export const inTurns = async <Thing>(things: Iterable<Thing>, work: (thing: Thing) => void): Promise<void> => {
  let endsAt = performance.now() + TURN_MS;
  for (const thing of things) {
    work(thing);
    if (performance.now() < endsAt) continue;
    await nextTurn();
    endsAt = performance.now() + TURN_MS;
  }
};
