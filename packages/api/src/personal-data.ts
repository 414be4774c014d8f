import { Readable } from "node:stream";
import type { ArchiveEntry } from "@maru/platform/archive";
import type { Ctx, TxCtx } from "./tools";

/** Whom it is about. What she is called is read anew each time: the last module that knows it is the one that removes it. */
export type Whom = {
  readonly personId: string;
  readonly accountId: string | null;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
};

/** How many rows were removed, by table. */
export type Counts = Readonly<Record<string, number>>;

/** What erasure does with a column: it goes, or it stays for a reason that is written down. */
export type ColumnFate = "removed" | `kept: ${string}`;

/**
 * What a module knows about people: how it tells a person of it, and how it forgets her. A module with a column that names a person has one
 * (a test compares); the registry stands in modules.ts.
 */
export type PersonalData = {
  readonly module: string;
  /** Every column that names a person, as `table.column`. */
  readonly columns: Readonly<Record<string, ColumnFate>>;
  /** The entries of her file, one after the other. */
  exportPerson(ctx: Ctx, whom: Whom): AsyncIterable<ArchiveEntry>;
  /**
   * Removes up to so many rows of each table and says how many. It is called, a transaction each time, until nothing is left to remove: what
   * stands already as it shall is not counted again.
   */
  erasePerson(tx: TxCtx, whom: Whom, atMost: number): Promise<Counts>;
};

async function* jsonLines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    // A bigint is a size or a counter: far below the largest number that JSON can hold exactly.
    yield before + JSON.stringify(row, (_key, value) => (typeof value === "bigint" ? Number(value) : value));
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** An entry that lists rows as JSON, written row by row. */
export const jsonEntry = (ctx: Pick<Ctx, "now">, name: string, rows: AsyncIterable<unknown>): ArchiveEntry => ({
  name: `${name}.json`,
  modifiedAt: ctx.now(),
  isPacked: false,
  open: () => Readable.from(jsonLines(rows), { objectMode: false }),
});

/** Rows of which there are few. */
export async function* fewRows<Row>(read: () => Promise<readonly Row[]>): AsyncGenerator<Row> {
  yield* await read();
}

const PAGE = 500;

/** Rows of which there may be many, a page at a time, each behind the last row of the page before it. */
export async function* pagedRows<Row>(read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>): AsyncGenerator<Row> {
  let after: Row | undefined;
  for (;;) {
    const rows = await read(after, PAGE);
    yield* rows;
    after = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}
