import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { createSealing } from "./service";
import { openTestLog } from "./testing/log";

let maru: TestMaru;
let log: ReturnType<typeof openTestLog>;
/** The entries by their numbers, from one. */
let entryIds: readonly string[];
const entryOf = (seq: number): string => entryIds[seq - 1] ?? "";

beforeEach(async () => {
  maru = await createTestMaru();
  log = openTestLog(maru);
  await log.write(20, { before: { amount: 1 }, after: { amount: 2 } });
  await log.seal();
  await log.anchor();
  entryIds = ["", ...(await log.seals()).map(({ entry_id }) => entry_id)].slice(1);
  expect(await log.verify()).toMatchObject({ checked: 20, findingCount: 0 });
});
afterEach(() => maru.stop());

const found = async () => (await log.verify()).findings.map(({ kind, seq, toSeq }) => (toSeq === null ? [kind, seq] : [kind, seq, toSeq]));
const forged = "decode(repeat('ab', 32), 'hex')";
const entryValues = "gen_random_uuid(), now(), null, 'test.forged', 'test', 'x', '{}', null";

describe("the verification finds what a superuser of the database did (ASVS 16.4.2)", () => {
  it("1. edit: an entry that was changed", async () => {
    await log.tamper(`UPDATE audit_entry SET details = '{"before":{"amount":1},"after":{"amount":3}}' WHERE id = '${entryOf(7)}'`);
    expect(await found()).toEqual([["altered", 7]]);
  });

  it.each(["at = at + interval '1 ms'", "actor_id = null", "action = 'x'", "subject_type = 'x'", "subject_id = 'x'", "request_id = null"])(
    "1. edit: whatever column it is (%s)",
    async (change) => {
      await log.tamper(`UPDATE audit_entry SET ${change} WHERE id = '${entryOf(7)}'`);
      expect(await found()).toEqual([["altered", 7]]);
    },
  );

  it("1. edit: a seal that was changed with its entry", async () => {
    await log.tamper(
      `UPDATE audit_entry SET action = 'x' WHERE id = '${entryOf(7)}'`,
      `UPDATE audit_seal SET code = ${forged} WHERE seq = 7`,
      `UPDATE audit_seal SET previous = ${forged} WHERE seq = 8`,
    );
    expect(await found()).toEqual([
      ["altered", 7],
      ["altered", 8],
    ]);
  });

  it("2. delete: an entry that is gone, with its seal or without", async () => {
    await log.tamper(`DELETE FROM audit_entry WHERE id IN ('${entryOf(7)}', '${entryOf(12)}')`, "DELETE FROM audit_seal WHERE seq = 12");
    expect(await found()).toEqual([
      ["deleted", 7],
      ["deleted", 12],
    ]);
  });

  it("2. delete: entries that are gone, with the gap closed behind them", async () => {
    const gone = [6, 7, 8].map((seq) => `'${entryOf(seq)}'`).join();
    await log.tamper(
      `DELETE FROM audit_entry WHERE id IN (${gone})`,
      "DELETE FROM audit_seal WHERE seq IN (6, 7, 8)",
      ...Array.from({ length: 12 }, (_, index) => `UPDATE audit_seal SET seq = seq - 3 WHERE seq = ${9 + index}`),
    );
    expect(await found()).toEqual([["deleted", 6, 8]]);
  });

  it("2. delete: an entry that never got its seal", async () => {
    await log.write(1);
    await log.tamper("DELETE FROM audit_entry e USING audit_unsealed u WHERE u.entry_id = e.id");
    expect(await found()).toEqual([["deleted", null]]);
  });

  it("3. insert: an entry that was put between others, which made place for it", async () => {
    await log.tamper(
      ...Array.from({ length: 10 }, (_, index) => `UPDATE audit_seal SET seq = seq + 1 WHERE seq = ${20 - index}`),
      `WITH fresh AS (INSERT INTO audit_entry VALUES (${entryValues}) RETURNING id)
       INSERT INTO audit_seal SELECT 11, id, now(), (SELECT code FROM audit_seal WHERE seq = 10), ${forged} FROM fresh`,
    );
    expect(await found()).toEqual([["inserted", 11]]);
  });

  it("3. insert: an entry that was put at the end", async () => {
    await log.tamper(
      `WITH fresh AS (INSERT INTO audit_entry VALUES (${entryValues}) RETURNING id)
       INSERT INTO audit_seal SELECT 21, id, now(), (SELECT code FROM audit_seal WHERE seq = 20), ${forged} FROM fresh`,
    );
    expect(await found()).toEqual([["altered", 21]]);
  });

  it("3. insert: an entry that tells an earlier time, and was left to the sealer", async () => {
    await maru.maru.database.pool.query(
      "INSERT INTO audit_entry (id, at, action, subject_type, subject_id) VALUES (gen_random_uuid(), now() - interval '2 days', 'test.alibi', 'test', 'x')",
    );
    await log.seal();
    expect(await found()).toEqual([["backdated", 21]]);
  });

  it("4. swap: two entries whose contents have changed places", async () => {
    await log.tamper(
      `UPDATE audit_entry SET subject_id = CASE subject_id WHEN '5' THEN '15' ELSE '5' END WHERE id IN ('${entryOf(5)}', '${entryOf(15)}')`,
    );
    expect(await found()).toEqual([["swapped", 5, 15]]);
  });

  it("4. swap: two seals that have changed entries, and two that have changed numbers", async () => {
    await log.tamper(
      "UPDATE audit_seal SET entry_id = gen_random_uuid() WHERE seq = 5",
      `UPDATE audit_seal SET entry_id = '${entryOf(5)}' WHERE seq = 15`,
      `UPDATE audit_seal SET entry_id = '${entryOf(15)}' WHERE seq = 5`,
      "UPDATE audit_seal SET seq = 1000 WHERE seq = 8",
      "UPDATE audit_seal SET seq = 8 WHERE seq = 9",
      "UPDATE audit_seal SET seq = 9 WHERE seq = 1000",
    );
    expect(await found()).toEqual([
      ["swapped", 5, 15],
      ["swapped", 8, 9],
    ]);
  });

  it("5. cut tail: an end that is gone", async () => {
    const gone = [18, 19, 20].map((seq) => `'${entryOf(seq)}'`).join();
    await log.tamper(`DELETE FROM audit_entry WHERE id IN (${gone})`, "DELETE FROM audit_seal WHERE seq >= 18");
    expect(await found()).toEqual([["cut", 18, 20]]);
    expect((await log.verify()).lastSeq).toBe(17);
  });

  it("5. cut tail: an end that is gone and was grown over", async () => {
    await log.write(5);
    await log.seal();
    await log.anchor();
    const gone = (await log.seals()).filter(({ seq }) => seq > 20).map(({ entry_id }) => `'${entry_id}'`);
    await log.tamper(`DELETE FROM audit_entry WHERE id IN (${gone.join()})`, "DELETE FROM audit_seal WHERE seq > 20");
    await log.write(9);
    await log.seal();
    expect(await found()).toEqual([["cut", 21, 25]]);
  });

  it("5. cut tail: seals taken off so that changed entries are sealed anew", async () => {
    await log.tamper(
      "INSERT INTO audit_unsealed SELECT entry_id FROM audit_seal WHERE seq >= 18",
      `UPDATE audit_entry SET action = 'x' WHERE id = '${entryOf(19)}'`,
      "DELETE FROM audit_seal WHERE seq >= 18",
    );
    await log.seal();
    expect(await found()).toEqual([["cut", 1, 20]]);
  });
});

describe("the verification", () => {
  const another = (former: readonly string[] = []) => ({
    ...createSealing("another secret than this log's", maru.dataDir, former),
    keptDays: 366,
  });

  it("says that the key is another one, instead of a thousand changed entries", async () => {
    expect((await openTestLog(maru, another()).verify()).findings).toMatchObject([{ kind: "key", seq: 1, toSeq: 20 }]);
  });

  it("knows what was sealed with a secret that the installation had before", async () => {
    const renewed = openTestLog(maru, another());
    await renewed.write(20);
    await renewed.seal();
    expect((await log.verify()).findings[0]).toMatchObject({ kind: "altered", seq: 21 });
    const both = { ...another(), macs: [...another().macs, ...maru.maru.tools.sealing.macs] };
    expect(await openTestLog(maru, both).verify()).toMatchObject({ checked: 40, findingCount: 0 });
  });

  it("counts all findings and tells the first hundred", async () => {
    await log.write(200);
    await log.seal();
    await log.tamper("UPDATE audit_entry SET action = 'x' WHERE action = 'test.row.add' AND subject_id::int > 20");
    const { findingCount, findings } = await log.verify();
    expect([findingCount, findings.length, findings[0]?.seq]).toEqual([180, 100, 41]);
  });
});
