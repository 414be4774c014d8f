import type { Pool, PoolClient } from "pg";

/** One statement as Maru sent it, with its name and values. */
export type Statement = { readonly name?: string; readonly text: string; readonly values: readonly unknown[] };

type QueryArgument = string | { name?: string; text: string; values?: unknown[] };

const toStatement = (query: QueryArgument, values: unknown): Statement =>
  typeof query === "string"
    ? { text: query, values: (values as unknown[]) ?? [] }
    : { name: query.name, text: query.text, values: query.values ?? (values as unknown[]) ?? [] };

/**
 * Records what Maru asks of PostgreSQL during `work`, on the pool and inside transactions: the bare server of the bench replays exactly
 * that, so that both sides run the same SQL.
 */
export const recordStatements = async (pool: Pool, work: () => Promise<unknown>): Promise<Statement[]> => {
  const recorded: Statement[] = [];
  const seen = new Set<PoolClient>();
  const wrap = (client: PoolClient) => {
    if (seen.has(client)) return client;
    seen.add(client);
    const original = client.query.bind(client) as (...all: unknown[]) => unknown;
    // A pool's own query goes through its client, so that only clients need to be listened to.
    client.query = ((...all: unknown[]) => {
      const [query, values] = all as [QueryArgument, unknown];
      if (typeof query === "string" || "text" in query) recorded.push(toStatement(query, values));
      return original(...all);
    }) as typeof client.query;
    return client;
  };
  const onAcquire = (client: PoolClient) => void wrap(client);
  pool.on("acquire", onAcquire);
  try {
    await work();
  } finally {
    pool.off("acquire", onAcquire);
    for (const client of seen) delete (client as Partial<PoolClient>).query;
  }
  return recorded;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The ids that came into being since `startedAt`: a replay must make them anew, as every request does. */
export const freshIds = (statements: readonly Statement[], startedAt: number): string[] => [
  ...new Set(
    statements
      .flatMap(({ values }) => values)
      .filter((value): value is string => typeof value === "string" && UUID.test(value))
      .filter((id) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16) >= startedAt),
  ),
];
