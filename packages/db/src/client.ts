import type { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Kysely } from "kysely";
import { Pool, type PoolClient, types } from "pg";
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

/** How long the server's own time limit may take to arrive: a connection that is silent for longer than both has nobody at its other end. */
const GRACE_MS = 500;

/**
 * Leaves a server that takes statements and never answers. pg's own `query_timeout` would only stop waiting: the connection goes back to the
 * pool with its transaction open, and whoever is given it next commits what had failed. So the connection itself is given up.
 */
const leaveSilentServers = (pool: Pool, afterMs: number): void => {
  const socketOf = (client: PoolClient) => (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
  pool.on("connect", (client) => {
    const socket = socketOf(client);
    socket.on("timeout", () => socket.destroy());
  });
  pool.on("acquire", (client) => socketOf(client).setTimeout(afterMs));
  pool.on("release", (_error, client) => socketOf(client).setTimeout(0));
};

/**
 * Opens the one pool of a process. A server that can't be reached fails a request within 2 s; nothing waits longer for a connection. One that
 * does not answer fails it half a second after `statementTimeoutMs`, within which it would have ended the statement by itself.
 */
export const openDatabase = (options: {
  url: string;
  poolSize: number;
  applicationName: string;
  statementTimeoutMs?: number;
  onError: (error: Error) => void;
}): Database => {
  const { statementTimeoutMs = 15_000 } = options;
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    // Whoever is frozen in the middle of a transaction loses it, and the locks with it: others go on, and its late writes are refused.
    idle_in_transaction_session_timeout: 20_000,
    keepAlive: true,
  });
  // An idle connection that dies is replaced at the next query; without a listener it would end the process.
  pool.on("error", options.onError);
  leaveSilentServers(pool, statementTimeoutMs + GRACE_MS);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { onConnectionError: options.onError, statementNameGenerator: (query) => statementName(query.sql) }),
    transactionOptions: { maxWait: 2_000, timeout: 15_000 },
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
    if (DOWN_MESSAGES.test(cause.message)) return true;
  }
  return false;
};

// A statement that ran out of time is repeated like one that was never answered.
const DOWN_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|terminating connection|Can't reach database|due to statement timeout/;

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
