import type { TestMaru } from "../../../testing/testing";
import type { Ctx, Tools } from "../../../tools";
import { verifyLog } from "../service";
import { purgeOld } from "../service/retention";
import { sealEntries, writeAnchor } from "../service/sealing";

const never = new AbortController().signal;

const withSealing = (ctx: Ctx, sealing: Tools["sealing"]): Ctx => {
  const tools = { ...ctx.tools, sealing };
  return { ...ctx, tools, tx: (work) => ctx.tx((tx) => work({ ...tx, tools })) };
};

/** The log of a test: writes entries as any module would, and seals, anchors, purges and verifies as the worker does. */
export const openTestLog = (maru: TestMaru, sealing: Tools["sealing"] = maru.maru.tools.sealing) => {
  const ctx = withSealing(maru.contextFor(maru.actors.admin), sealing);
  const { pool } = maru.maru.database;
  return {
    /** One transaction with so many entries. */
    write: (count: number, details: Readonly<Record<string, unknown>> = {}): Promise<void> =>
      ctx.tx(async (tx) => {
        for (let no = 1; no <= count; no += 1)
          tx.record({ action: "test.row.add", subjectType: "test.row", subjectId: String(no), details });
      }),
    seal: () => sealEntries(ctx, never),
    anchor: () => writeAnchor(ctx),
    purge: () => purgeOld(ctx, never),
    verify: () => verifyLog({ pool: ctx.pool, ...sealing, now: ctx.now }),
    /** What a superuser does who knows how to silence triggers. */
    tamper: async (...statements: readonly string[]): Promise<void> => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await client.query("SET LOCAL session_replication_role = replica");
        for (const statement of statements) await client.query(statement);
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      } finally {
        client.release();
      }
    },
    seals: async (): Promise<{ seq: number; entry_id: string }[]> =>
      (await pool.query("SELECT seq, entry_id FROM audit_seal ORDER BY seq")).rows,
    unsealed: async (): Promise<number> => (await pool.query("SELECT entry_id FROM audit_unsealed")).rowCount ?? 0,
  };
};
