/** Runs work that may take this long and ends early with `cancelling`. Who ignores the signal is not waited for: what it still does is refused later. */
export const withTimeLimit = async (
  work: (signal: AbortSignal) => Promise<void>,
  timeoutMs: number,
  cancelling: AbortSignal,
): Promise<void> => {
  const limit = new AbortController();
  const onCancel = () => limit.abort(cancelling.reason);
  if (cancelling.aborted) onCancel();
  cancelling.addEventListener("abort", onCancel, { once: true });
  const timer = setTimeout(() => limit.abort(new Error(`took longer than ${timeoutMs} ms`)), timeoutMs);
  const aborted = new Promise<never>((_resolve, reject) => {
    limit.signal.addEventListener("abort", () => reject(limit.signal.reason), { once: true });
  });
  // Lost when the work ends first; then nobody listens, and a rejection must not end the process.
  aborted.catch(() => {});
  try {
    limit.signal.throwIfAborted();
    await Promise.race([work(limit.signal), aborted]);
  } finally {
    clearTimeout(timer);
    cancelling.removeEventListener("abort", onCancel);
  }
};
