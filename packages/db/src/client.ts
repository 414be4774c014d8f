import { PrismaPg } from "@prisma/adapter-pg";
import type { Kysely } from "kysely";
import { Pool, types } from "pg";
import type { DB } from "./generated/kysely/types";
import { Prisma, PrismaClient } from "./generated/prisma/client";
import { statementName } from "./prepared";
import { kyselyOn } from "./tx-sql";

export type { DB } from "./generated/kysely/types";
export { Prisma } from "./generated/prisma/client";
export type PrismaReader = Omit<PrismaClient, "$transaction" | "$connect" | "$disconnect" | "$on" | "$extends" | "$use">;
export type Sql = Kysely<DB>;

// bigint: counts and sizes stay far below 2^53, so that numbers travel as numbers.
types.setTypeParser(types.builtins.INT8, Number);

export type Database = {
  /** The one pool of the process: Prisma, Kysely and prepared reads share it. */
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly sql: Sql;
  close(): Promise<void>;
};

/** Opens the one pool of a process. A server that can't be reached fails a request within 2.5 s; nothing waits longer for a connection. */
export const openDatabase = (options: {
  url: string;
  poolSize: number;
  applicationName: string;
  onError: (error: Error) => void;
}): Database => {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 2_500,
    idleTimeoutMillis: 60_000,
    statement_timeout: 15_000,
    // Whoever is frozen in the middle of a transaction loses it, and the locks with it: others go on, and its late writes are refused.
    idle_in_transaction_session_timeout: 20_000,
    keepAlive: true,
  });
  // An idle connection that dies is replaced at the next query; without a listener it would end the process.
  pool.on("error", options.onError);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { onConnectionError: options.onError, statementNameGenerator: (query) => statementName(query.sql) }),
    transactionOptions: { maxWait: 2_500, timeout: 15_000 },
  });
  const sql = kyselyOn(async (query) => {
    const { rows, rowCount } = await pool.query({ name: statementName(query.sql), text: query.sql, values: [...query.parameters] });
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, sql, close };
};

/** True when the database could not be reached or went away: the request may be repeated, and it is nobody's input that was wrong. */
export const isDatabaseDown = (error: unknown): boolean => {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const code = (cause as { code?: unknown }).code;
    if (cause instanceof Prisma.PrismaClientInitializationError) return true;
    if (typeof code === "string" && (DOWN_CODES.has(code) || code.startsWith("08"))) return true;
    if (/timeout exceeded when trying to connect|Connection terminated|terminating connection|Can't reach database/.test(cause.message))
      return true;
  }
  return false;
};

// Node's socket errors, PostgreSQL's shutdown classes (57P01 to 57P03), and Prisma's words for the same (P1001 unreachable, P1017 closed, P2024 pool, P2028 transaction).
const DOWN_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "ENOENT",
  "57P01",
  "57P02",
  "57P03",
  "P1001",
  "P1002",
  "P1017",
  "P2024",
  "P2028",
]);
