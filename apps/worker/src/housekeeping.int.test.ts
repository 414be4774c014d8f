import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, expect, it } from "vitest";
import { housekeeping } from "./housekeeping";
import { createTestParts, type TestParts } from "./testing/test-worker";

let parts: TestParts;
beforeAll(async () => {
  parts = await createTestParts();
});
afterAll(() => parts.stop());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

it("forgets what was needed for a while, and keeps what somebody may still ask for", async () => {
  const ctx = parts.contextFor("purge");
  const { db } = ctx;
  const key = (name: string, days: number) => ({
    actorId: newId(),
    key: name,
    procedure: "p",
    requestHash: "h",
    result: {},
    createdAt: daysAgo(days),
  });
  await db.idempotencyKey.createMany({ data: [key("old", 2), key("new", 0.5)] });
  await db.scheduleRun.createMany({ data: [4, 1].map((days) => ({ scheduleId: "test.purge", slot: daysAgo(days) })) });
  const work = (name: string, state: "DONE" | "DEAD" | "PENDING", days: number) => {
    const at = daysAgo(days);
    return {
      id: newId(),
      sourceId: newId(),
      consumer: name,
      name,
      lane: "notify",
      payload: {},
      state,
      createdAt: at,
      finishedAt: state === "PENDING" ? null : at,
    };
  };
  const rows = [work("done-old", "DONE", 8), work("done-new", "DONE", 6), work("dead-old", "DEAD", 8), work("waiting", "PENDING", 8)];
  await db.work.createMany({ data: rows });
  const marked = [rows[3]?.id ?? "", newId()];
  await db.processedWork.createMany({ data: marked.map((workId) => ({ workId, processedAt: daysAgo(8) })) });

  await housekeeping["worker.purge-finished"].run(ctx, {}, new AbortController().signal);

  expect((await db.idempotencyKey.findMany()).map((one) => one.key)).toEqual(["new"]);
  expect(await db.scheduleRun.count({ where: { scheduleId: "test.purge" } })).toBe(1);
  const left = await db.work.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  expect(left.map(({ name }) => name).sort()).toEqual(["dead-old", "done-new", "waiting"]);
  // The mark of what may come once more stands, however old it is.
  expect((await db.processedWork.findMany()).map(({ workId }) => workId)).toEqual([marked[0]]);
});

it("stops between two parts when its worker does", async () => {
  const run = housekeeping["worker.purge-finished"].run(parts.contextFor("purge"), {}, AbortSignal.abort(new Error("over")));
  await expect(run).rejects.toThrow("over");
});
