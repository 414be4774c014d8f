import type { Clock } from "@maru/platform/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { openTestLog } from "./testing/log";

const DAY_MS = 24 * 60 * 60 * 1000;
let time: number;
const clock: Clock = () => new Date(time);
let maru: TestMaru;
let log: ReturnType<typeof openTestLog>;

beforeEach(async () => {
  maru = await createTestMaru({ clock });
  log = openTestLog(maru);
  // Four years ago, two years ago, today.
  for (const daysAgo of [1_460, 730, 0]) {
    time = Date.now() - daysAgo * DAY_MS;
    await log.write(10);
    await log.seal();
    await log.anchor();
  }
});
afterEach(() => maru.stop());

const purge = (keptDays = 1_095) => openTestLog(maru, { ...maru.maru.tools.sealing, keptDays }).purge();
const numbers = async () => (await log.seals()).map(({ seq }) => seq);
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe("retention", () => {
  it("takes away what is older than the log is kept, and the rest stays verifiable", async () => {
    await purge();
    expect(await numbers()).toEqual(from(11, 30));
    expect(await log.verify()).toMatchObject({ checked: 20, lastSeq: 30, findingCount: 0 });
    await log.seal();
    expect(await maru.db.auditEntry.count()).toBe(21);
    expect(await maru.db.auditEntry.findFirst({ where: { action: "audit.log.purge" } })).toMatchObject({
      details: { fromSeq: 1, throughSeq: 10 },
    });
    await purge(400);
    expect(await numbers()).toEqual(from(21, 31));
    expect(await log.verify()).toMatchObject({ checked: 11, findingCount: 0 });
  });

  it("goes on counting when nothing is left", async () => {
    await log.tamper("DELETE FROM audit_entry USING audit_seal s WHERE s.entry_id = audit_entry.id AND s.seq > 20");
    await log.tamper("DELETE FROM audit_seal WHERE seq > 20");
    await purge();
    await purge(400);
    expect(await numbers()).toEqual([]);
    await log.seal();
    expect((await numbers())[0]).toBe(21);
  });

  it("takes nothing that is younger than a year, whatever it is told and whatever clock the worker has", async () => {
    time = Date.now() + 2_000 * DAY_MS;
    await expect(purge()).rejects.toThrow(/append-only/);
    expect(await numbers()).toEqual(from(1, 30));
    expect(await log.verify()).toMatchObject({ checked: 30, findingCount: 0 });
  });

  it("takes nothing that was tampered with", async () => {
    await log.tamper("UPDATE audit_entry SET action = 'x' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 4)");
    await expect(purge()).rejects.toThrow(/tampered/);
    expect(await numbers()).toEqual(from(1, 30));
  });

  it("can't be imitated: a beginning that was cut off without the key is found", async () => {
    await log.tamper(
      "DELETE FROM audit_entry USING audit_seal s WHERE s.entry_id = audit_entry.id AND s.seq <= 25",
      "INSERT INTO audit_checkpoint SELECT seq, code, code, now() FROM audit_seal WHERE seq = 25",
      "DELETE FROM audit_seal WHERE seq <= 25",
    );
    expect((await log.verify()).findings).toMatchObject([{ kind: "checkpoint", seq: 25 }]);
    await log.tamper("DELETE FROM audit_checkpoint");
    expect((await log.verify()).findings).toMatchObject([{ kind: "deleted", seq: 1, toSeq: 25 }]);
  });
});
