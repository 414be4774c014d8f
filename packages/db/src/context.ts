import type { Clock } from "@maru/platform/clock";
import { isAppError } from "@maru/platform/errors";
import type { EventDef } from "@maru/platform/events";
import type { Hints } from "@maru/platform/hints";
import type { JobDef } from "@maru/platform/jobs";
import type { Log } from "@maru/platform/log";
import type { Pool } from "pg";
import type { z } from "zod";
import { type Database, isDatabaseDown, type Prisma, type PrismaReader, type Sql } from "./client";
import { type AuditEntry, findStoredResult, type OnceKey, type OutboxRow, writeConsequences } from "./outbox";
import { sqlOnTransaction } from "./tx-sql";

/** Who acts. `departmentIds` are the departments of the person and every one above them; `managedDepartmentIds` those administered, with all below. */
export type Actor = {
  /** The person's id: what rows name as author, owner or reader. */
  readonly id: string;
  readonly accountId: string | null;
  readonly sessionId: string | null;
  readonly permissions: ReadonlySet<string>;
  readonly departmentIds: readonly string[];
  readonly managedDepartmentIds: readonly string[];
  /** The personal token or API client that acts in the person's place; absent where she acts herself. */
  readonly tokenId?: string;
  /** A role keeps the second factor that there is. */
  readonly keepsFactor?: boolean;
  /** A role demands a second factor and there is none: until then nothing else can be done. */
  readonly needsFactor?: boolean;
};

/** The actor of jobs and subscriptions: it may do what its code says and owns nothing. */
export const SYSTEM_ACTOR_ID = "00000000-0000-7000-8000-000000000000";

type Reading<Tools> = {
  readonly actor: Actor;
  readonly requestId: string;
  readonly db: PrismaReader;
  readonly sql: Sql;
  /** For prepared reads (see prepared.ts). */
  readonly pool: Pick<Pool, "query">;
  readonly now: Clock;
  readonly log: Log;
  readonly tools: Tools;
};

/** Only here can you cause something: what is announced outside a transaction does not compile. */
export type TxCtx<Tools = unknown> = Omit<Reading<Tools>, "db" | "pool"> & {
  readonly db: Prisma.TransactionClient;
  emit<Payload extends z.ZodType>(event: EventDef<string, Payload>, payload: z.input<Payload>): void;
  enqueue<Input extends z.ZodType>(job: JobDef<string, Input>, input: z.input<Input>): void;
  record(entry: AuditEntry): void;
  /** Published after the commit, best effort (see Hints). */
  hint(channel: string, message?: string): void;
};

export type Ctx<Tools = unknown> = Reading<Tools> & {
  tx<Result>(work: (tx: TxCtx<Tools>) => Promise<Result>): Promise<Result>;
};

/** Thrown out of a transaction whose effects exist already: it rolled back, and the caller treats the work as done. */
export class AlreadyDone extends Error {}

/** The channel on which a commit wakes the relay. */
export const OUTBOX_HINT = "outbox";

type ContextOptions<Tools> = {
  readonly database: Database;
  readonly hints: Hints;
  readonly clock: Clock;
  readonly log: Log;
  readonly tools: Tools;
  readonly actor: Actor;
  readonly requestId: string;
  /** Makes the first transaction happen at most once: a command's idempotency key, or the id of the work that a subscription does. */
  readonly once?: OnceKey;
};

/** Binds an actor to the database: the `ctx` that every use case receives. */
export const createContext = <Tools>(options: ContextOptions<Tools>): Ctx<Tools> => {
  const { database, actor, requestId, log, tools } = options;
  let { once } = options;
  const reading = { actor, requestId, now: options.clock, log, tools };

  const runOnce = async <Result>(work: (tx: TxCtx<Tools>) => Promise<Result>, key: OnceKey | undefined): Promise<Result> => {
    const outbox: OutboxRow[] = [];
    const audit: AuditEntry[] = [];
    const hintsToSend: [string, string | undefined][] = [];
    const result = await database.prisma.$transaction(async (db) => {
      const sql = sqlOnTransaction(db);
      const value = await work({
        ...reading,
        db,
        sql,
        emit: (event, payload) => void outbox.push({ kind: "EVENT", name: event.name, version: 1, payload: event.payload.parse(payload) }),
        enqueue: (job, input) => void outbox.push({ kind: "JOB", name: job.name, version: job.version, payload: job.input.parse(input) }),
        // Who reads the record sees whether the person acted, or a token of hers.
        record: (entry) => void audit.push(actor.tokenId ? { ...entry, details: { ...entry.details, tokenId: actor.tokenId } } : entry),
        hint: (channel, message) => void hintsToSend.push([channel, message]),
      });
      const isFirst = await writeConsequences(sql, {
        actorId: actor.id,
        requestId,
        now: options.clock(),
        outbox,
        audit,
        once: key,
        result: value,
      });
      if (!isFirst) throw new AlreadyDone();
      return value;
    });
    if (outbox.length > 0) options.hints.publish(OUTBOX_HINT);
    for (const [channel, message] of hintsToSend) options.hints.publish(channel, message);
    return result;
  };

  const tx = async <Result>(work: (tx: TxCtx<Tools>) => Promise<Result>): Promise<Result> => {
    const key = once;
    // The key guards the first transaction: a command has one, and its result is the command's answer.
    once = undefined;
    if (key?.kind !== "command") return runOnce(work, key);
    const stored = await findStoredResult<Result>(database, actor.id, key);
    if (stored) return stored.result;
    try {
      return await runOnce(work, key);
    } catch (error) {
      // Nobody can be asked any more: whoever repeats the command is given the answer of what happened, if it did.
      if (isDatabaseDown(error)) throw error;
      // A twin of this request may have committed meanwhile: then its answer is the answer, whatever went wrong here. Where another request
      // has used the key meanwhile, this one is a conflict.
      const twin = await findStoredResult<Result>(database, actor.id, key).catch((fault: unknown) => {
        if (error instanceof AlreadyDone || isAppError(fault)) throw fault;
        return null;
      });
      if (twin) return twin.result;
      throw error;
    }
  };

  return { ...reading, db: database.prisma, sql: database.sql, pool: database.pool, tx };
};
