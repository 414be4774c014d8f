import pg from "pg";

type Row = Record<string, unknown>;

/** The product's database, for what a journey needs beforehand and for what must be written down afterwards. */
export class Database {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 2 });
  }

  async rows<Found = Row>(sql: string, values: readonly unknown[] = []): Promise<Found[]> {
    const { rows } = await this.#pool.query(sql, [...values]);
    return rows as Found[];
  }

  /** The one row that a statement finds; more or fewer are a mistake in the test. */
  async row<Found = Row>(sql: string, values: readonly unknown[] = []): Promise<Found> {
    const rows = await this.rows<Found>(sql, values);
    if (rows.length !== 1) throw new Error(`${rows.length} rows instead of one: ${sql}`);
    return rows[0] as Found;
  }

  async count(sql: string, values: readonly unknown[] = []): Promise<number> {
    const { count } = await this.row<{ count: string }>(`SELECT count(*) AS count FROM (${sql}) AS counted`, values);
    return Number(count);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
