import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { DB } from "./generated/kysely/types";

type RunQuery = (query: CompiledQuery) => Promise<QueryResult<unknown>>;

class SingleConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(run: RunQuery) {
    this.#connection = {
      executeQuery: async <Row>(query: CompiledQuery) => (await run(query)) as QueryResult<Row>,
      streamQuery: () => {
        throw new Error("this connection does not stream");
      },
    };
  }

  acquireConnection = async () => this.#connection;
  beginTransaction = async () => {
    throw new Error("transactions are opened with ctx.tx");
  };
  commitTransaction = async () => {};
  rollbackTransaction = async () => {};
  releaseConnection = async () => {};
  init = async () => {};
  destroy = async () => {};
}

/** A Kysely whose every query goes through `run`. */
export const kyselyOn = (run: RunQuery): Kysely<DB> =>
  new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new SingleConnectionDriver(run),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

type RawRunner = { $queryRawUnsafe(sql: string, ...parameters: readonly unknown[]): Promise<unknown> };

/** Kysely bound to one Prisma transaction and to no other: what it writes commits or rolls back with everything else there. */
export const sqlOnTransaction = (runner: RawRunner): Kysely<DB> =>
  kyselyOn(async (query) => ({ rows: (await runner.$queryRawUnsafe(query.sql, ...query.parameters)) as unknown[] }));
