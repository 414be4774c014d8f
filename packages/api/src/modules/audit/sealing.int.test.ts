import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { openTestLog } from "./testing/log";

let maru: TestMaru;
let log: ReturnType<typeof openTestLog>;
beforeEach(async () => {
  maru = await createTestMaru({ poolSize: 8 });
  log = openTestLog(maru);
});
afterEach(() => maru.stop());

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const numbers = async () => (await log.seals()).map(({ seq }) => seq);

describe("the sealer", () => {
  it("gives each entry one number without a gap, while four seal and six write at once", async () => {
    const writers = upTo(6).map(async () => {
      for (let round = 0; round < 20; round += 1) await log.write(3);
    });
    const sealers = upTo(4).map(async () => {
      for (let round = 0; round < 25; round += 1) await log.seal();
    });
    await Promise.all([...writers, ...sealers]);
    await log.seal();
    expect(await numbers()).toEqual(upTo(360));
    expect(new Set((await log.seals()).map(({ entry_id }) => entry_id)).size).toBe(360);
    expect(await log.unsealed()).toBe(0);
    expect(await log.verify()).toMatchObject({ checked: 360, lastSeq: 360, findingCount: 0 });
  });

  it("gives an entry that commits late a late number, and loses none", async () => {
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const client = await maru.maru.database.pool.connect();
    await client.query("BEGIN");
    // Its id and its time are from before all others.
    await client.query(
      "INSERT INTO audit_entry (id, action, subject_type, subject_id) VALUES ('00000000-0000-7000-8000-000000000009', 'test.late', 'test', 'late')",
    );
    const late = held.then(() => client.query("COMMIT"));
    await log.write(5);
    await log.seal();
    expect(await numbers()).toEqual(upTo(5));
    commit();
    await late;
    client.release();
    await log.write(1);
    await log.seal();
    const seals = await log.seals();
    expect(seals.map(({ seq }) => seq)).toEqual(upTo(7));
    expect(seals.findIndex(({ entry_id }) => entry_id === "00000000-0000-7000-8000-000000000009")).toBeGreaterThanOrEqual(5);
    expect(await log.verify()).toMatchObject({ checked: 7, findingCount: 0 });
  });

  it("seals nothing of a transaction that is rolled back", async () => {
    await expect(
      maru.contextFor(maru.actors.admin).tx(async (tx) => {
        tx.record({ action: "test.row.add", subjectType: "test.row", subjectId: "gone" });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await log.seal();
    expect(await numbers()).toEqual([]);
    expect(await log.verify()).toMatchObject({ checked: 0, lastSeq: 0, findingCount: 0 });
  });

  it("takes what waits in batches, until nothing waits", async () => {
    await log.write(2_000);
    await log.write(2_001);
    await log.seal();
    expect(await log.unsealed()).toBe(0);
    expect((await log.seals()).at(-1)?.seq).toBe(4_001);
  });

  it("reports an entry that waits for longer than a minute", async () => {
    await log.write(2);
    await log.seal();
    await log.write(1);
    expect((await log.verify()).findings).toEqual([]);
    const minutesAgo = new Date(Date.now() - 90_000).toISOString();
    await maru.maru.database.pool.query(
      `INSERT INTO audit_entry (id, at, action, subject_type, subject_id) VALUES (gen_random_uuid(), '${minutesAgo}', 'test.waits', 'test', 'x')`,
    );
    expect((await log.verify()).findings).toMatchObject([{ kind: "unsealed", seq: null }]);
  });
});

describe("the triggers", () => {
  const refused = (statement: string) => expect(maru.maru.database.pool.query(statement)).rejects.toThrow(/append-only/);

  it("let nobody change or delete an entry, a seal or a checkpoint, sealed or not, by whatever setting", async () => {
    await log.write(2);
    await log.seal();
    await log.write(1);
    for (const table of ["audit_entry", "audit_seal"]) {
      await refused(`DELETE FROM ${table}`);
      await refused(`TRUNCATE ${table}`);
    }
    await refused("UPDATE audit_entry SET action = 'forged'");
    await refused("UPDATE audit_seal SET seq = seq + 10");
    const setting = "SELECT set_config('maru.audit_retention', 'on', true);";
    await refused(`${setting} DELETE FROM audit_entry`);
    await maru.maru.database.pool.query("INSERT INTO audit_checkpoint VALUES (2, '\\x00', '\\x00', now())");
    await refused(`${setting} DELETE FROM audit_entry`);
    await refused("DELETE FROM audit_checkpoint");
    await refused("UPDATE audit_checkpoint SET seq = 1");
  });
});

describe("an anchor", () => {
  const anchors = async () =>
    (await readFile(join(maru.dataDir, "audit/anchors.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { seq: number; code: string; at: string });

  it("is written when the log has grown, and only then", async () => {
    await log.anchor();
    await log.write(3);
    await log.seal();
    await log.anchor();
    await log.anchor();
    await log.write(2);
    await log.seal();
    await log.anchor();
    expect((await anchors()).map(({ seq }) => seq)).toEqual([3, 5]);
    expect(await log.verify()).toMatchObject({ lastSeq: 5, findingCount: 0 });
  });

  it("that a power cut left half is passed over", async () => {
    await log.write(3);
    await log.seal();
    await log.anchor();
    await appendFile(join(maru.dataDir, "audit/anchors.jsonl"), '{"seq":4,"co');
    expect(await log.verify()).toMatchObject({ findingCount: 0 });
  });
});
