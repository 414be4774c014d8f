import { createTestMaru, type TestMaru } from "@maru/api/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestLog } from "../../packages/api/src/modules/audit/testing/log";
import { atDepth } from "./depth";
import { recordFigure } from "./figures";

const PROOF = "audit log";
const ENTRIES = atDepth({ sample: 20_000, full: 1_000_000 });
const AT_ONCE = 20_000;

let maru: TestMaru;
let log: ReturnType<typeof openTestLog>;
/** As they come: a person, an action, a record, and what was changed. So many at once as one statement may take. */
const writeEntries = (first: number, count: number) =>
  maru.maru.database.pool.query(
    `INSERT INTO audit_entry (id, at, actor_id, action, subject_type, subject_id, details, request_id)
     SELECT gen_random_uuid(), now() - interval '1 minute', gen_random_uuid(), 'board.post.edit', 'board.post', gen_random_uuid()::text,
       jsonb_build_object('before', jsonb_build_object('title', '제목 ' || no), 'after', jsonb_build_object('title', '고친 제목', 'version', no % 9)),
       gen_random_uuid()::text
     FROM generate_series($1::int, $1::int + $2::int - 1) no`,
    [first, count],
  );
beforeAll(async () => {
  maru = await createTestMaru();
  log = openTestLog(maru);
  for (let first = 1; first <= ENTRIES; first += AT_ONCE) await writeEntries(first, Math.min(AT_ONCE, ENTRIES - first + 1));
}, 600_000);
afterAll(() => maru.stop());

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
};

it("is sealed without a gap, verified whole, and found out wherever a superuser of the database touched it", async () => {
  const sealing = await seconds(() => Promise.all([log.seal(), log.seal()]));
  await log.anchor();
  const verifying = await seconds(async () =>
    expect(await log.verify()).toMatchObject({ checked: ENTRIES, lastSeq: ENTRIES, findingCount: 0 }),
  );

  const [edited, deleted, inserted, swapped, partner, cut] = [0.1, 0.25, 0.4, 0.6, 0.8, 0.999].map((part) =>
    Math.floor(part * ENTRIES),
  ) as [number, number, number, number, number, number];
  const entryOf = (seq: number) => `(SELECT entry_id FROM audit_seal WHERE seq = ${seq})`;
  await log.tamper(
    `UPDATE audit_entry SET details = jsonb_set(details, '{after,version}', '99') WHERE id = ${entryOf(edited)}`,
    `DELETE FROM audit_entry WHERE id = ${entryOf(deleted)}`,
    `DELETE FROM audit_seal WHERE seq = ${deleted}`,
    // Room is made for one entry by taking another's place, so that no number behind it changes.
    `INSERT INTO audit_entry VALUES ('00000000-0000-7000-8000-0000000000ff', now(), null, 'test.forged', 'test', 'x', '{}', null)`,
    `UPDATE audit_seal SET entry_id = '00000000-0000-7000-8000-0000000000ff' WHERE seq = ${inserted}`,
    `CREATE TEMPORARY TABLE pair AS SELECT seq, entry_id FROM audit_seal WHERE seq IN (${swapped}, ${partner})`,
    `UPDATE audit_seal SET entry_id = gen_random_uuid() WHERE seq IN (${swapped}, ${partner})`,
    `UPDATE audit_seal s SET entry_id = pair.entry_id FROM pair WHERE s.seq IN (${swapped}, ${partner}) AND pair.seq <> s.seq AND pair.seq IN (${swapped}, ${partner})`,
    "DROP TABLE pair",
    `DELETE FROM audit_entry e USING audit_seal s WHERE s.entry_id = e.id AND s.seq > ${cut}`,
    `DELETE FROM audit_seal WHERE seq > ${cut}`,
  );
  const { findings } = await log.verify();
  const found = findings.filter(({ kind }) => kind !== "unsealed").map(({ kind, seq, toSeq }) => [kind, seq, toSeq]);
  expect(found).toEqual([
    ["altered", edited, null],
    ["deleted", deleted, null],
    ["altered", inserted, null],
    ["swapped", swapped, partner],
    ["cut", cut + 1, ENTRIES],
  ]);
  recordFigure(PROOF, "entries, sealed without a gap by two sealers at once", ENTRIES);
  recordFigure(PROOF, "time to seal them", `${sealing.toFixed(1)} s`);
  recordFigure(PROOF, "time to verify them", `${verifying.toFixed(1)} s`);
  recordFigure(PROOF, "edit, delete, insert, swap, cut tail: found with their numbers", `${found.length} of 5`);
});
