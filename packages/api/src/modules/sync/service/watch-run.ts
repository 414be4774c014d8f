import { setTimeout as wait } from "node:timers/promises";
import { isDatabaseDown } from "@maru/db/client";
import type { Ctx } from "../../../tools";
import { listOpenSessions } from "../../identity/service";
import { type RunView, UNDER_WAY } from "../contract";
import { getRun } from "../queries";
import { SYNC_HINT } from "./run-notes";

const LIFETIME_MS = 10 * 60_000;
/** How long a hint is waited for: those that are lost are made good by looking. */
const LOOK_MS = 2_000;

// The browser comes back by itself and is authorised anew; an ordinary end tells it that nothing more will come.
const comeBack = (reason: string) => new DOMException(reason, "AbortError");

const isStillOpen = async (ctx: Ctx): Promise<boolean> => {
  const { sessionId } = ctx.actor;
  return sessionId === null || (await listOpenSessions(ctx, [sessionId], ctx.now())).has(sessionId);
};

async function* follow(ctx: Ctx, id: string, signal: AbortSignal | undefined): AsyncGenerator<RunView, void, void> {
  const endsAt = ctx.now().getTime() + LIFETIME_MS;
  let wake = new AbortController();
  const leave = ctx.tools.hints.subscribe(SYNC_HINT, (runId) => {
    if (runId === id) wake.abort();
  });
  let last = "";
  try {
    while (!signal?.aborted) {
      // Before the table is read: what happens meanwhile wakes at once.
      wake = new AbortController();
      const view = await getRun(ctx, id);
      const text = JSON.stringify(view);
      if (text !== last) yield view;
      last = text;
      if (!UNDER_WAY.some((state) => state === view.state)) return;
      const either = signal ? AbortSignal.any([signal, wake.signal]) : wake.signal;
      await wait(LOOK_MS, undefined, { signal: either }).catch(() => undefined);
      if (ctx.now().getTime() > endsAt || !(await isStillOpen(ctx))) throw comeBack("the stream ends to be authorised again");
    }
  } catch (error) {
    if (isDatabaseDown(error)) throw comeBack("the database is away");
    throw error;
  } finally {
    leave();
  }
}

/** A run as it goes on, as often as it changes; ends with the run. One that is not there is refused before the stream begins. */
export const watchRun = async (ctx: Ctx, { id }: { id: string }, signal?: AbortSignal): Promise<AsyncGenerator<RunView, void, void>> => {
  await getRun(ctx, id);
  return follow(ctx, id, signal);
};
