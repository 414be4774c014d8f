import { Pool } from "undici";

export type Request = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
};
export type LoadResult = {
  readonly perSecond: number;
  readonly errors: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const summarise = (latenciesMs: number[], errors: number, seconds: number): LoadResult => {
  const sorted = Float64Array.from(latenciesMs).sort() as unknown as number[];
  return {
    perSecond: latenciesMs.length / seconds,
    errors,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
  };
};

type Tally = { latenciesMs: number[]; errors: number };

const sendOne = async (pool: Pool, request: Request, startedAt: number, tally: Tally): Promise<void> => {
  try {
    const { statusCode, body } = await pool.request(request);
    await body.dump({ limit: 10_000_000 });
    if (statusCode >= 400) tally.errors += 1;
  } catch {
    tally.errors += 1;
  }
  tally.latenciesMs.push(performance.now() - startedAt);
};

/** As many requests as the server answers: `connections` clients, each asking again as soon as it was answered. */
export const measureRate = async (
  origin: string,
  next: () => Request,
  options: { connections: number; seconds: number },
): Promise<LoadResult> => {
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const tally: Tally = { latenciesMs: [], errors: 0 };
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1000;
  const client = async () => {
    while (performance.now() < endsAt) await sendOne(pool, next(), performance.now(), tally);
  };
  await Promise.all(Array.from({ length: options.connections }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return summarise(tally.latenciesMs, tally.errors, seconds);
};

/**
 * A fixed number of requests a second, whether or not the server keeps up. Latency counts from the moment at which a request was due, so
 * that a pause of the server is felt by all who came in meanwhile.
 */
export const measureAtRate = async (
  origin: string,
  next: () => Request,
  options: { perSecond: number; seconds: number; connections: number },
): Promise<LoadResult> => {
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const tally: Tally = { latenciesMs: [], errors: 0 };
  const total = options.perSecond * options.seconds;
  const startedAt = performance.now();
  const open: Promise<void>[] = [];
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * options.perSecond) + 1);
    for (; sent < due; sent += 1) open.push(sendOne(pool, next(), startedAt + (sent * 1000) / options.perSecond, tally));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return summarise(tally.latenciesMs, tally.errors, seconds);
};

export const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
