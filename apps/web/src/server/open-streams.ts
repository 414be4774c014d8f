import type { ServerResponse } from "node:http";
import type { Maru } from "@maru/api";
import { listOpenSessions, SESSION_HINT } from "@maru/api/identity/service";

/** Below the 10 s in which the stream of an ended session must close, with room for a slow answer. */
const LOOK_EVERY_MS = 5_000;

/**
 * The streams that stand open, by session. A request is checked when it comes, but a stream stays: so the sessions behind all streams are
 * looked up together every few seconds, and a hint closes the streams of one session at once.
 */
export const createOpenStreams = (maru: Maru, onCount: (count: number) => void = () => {}) => {
  const bySession = new Map<string, Set<ServerResponse>>();
  let count = 0;

  const closeSession = (sessionId: string): void => {
    for (const response of bySession.get(sessionId) ?? []) response.destroy();
  };
  const look = async (): Promise<void> => {
    if (bySession.size === 0) return;
    const open = await listOpenSessions(maru.database, [...bySession.keys()], maru.clock());
    for (const sessionId of bySession.keys()) if (!open.has(sessionId)) closeSession(sessionId);
  };
  // A database that is away ends no stream: nobody knows that the session has ended.
  const timer = setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS);
  timer.unref();
  const unsubscribe = maru.hints.subscribe(SESSION_HINT, closeSession);

  return {
    add: (sessionId: string, response: ServerResponse): void => {
      const responses = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, responses.add(response));
      onCount(++count);
      response.once("close", () => {
        responses.delete(response);
        if (responses.size === 0) bySession.delete(sessionId);
        onCount(--count);
      });
    },
    closeAll: (): void => {
      for (const sessionId of bySession.keys()) closeSession(sessionId);
    },
    stop: (): void => {
      clearInterval(timer);
      unsubscribe();
    },
  };
};
export type OpenStreams = ReturnType<typeof createOpenStreams>;
