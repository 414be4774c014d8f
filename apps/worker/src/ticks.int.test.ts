import { handle } from "@maru/api/reactions";
import { defineJob } from "@maru/platform/jobs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry } from "./registry";
import { createTestParts, type TestParts, testReactions } from "./testing/test-worker";
import { claimSlot, createTicks, findOverdue } from "./ticks";

const ran: string[] = [];
const limits = { version: 1, queue: "tick", input: z.object({}), attempts: 1, maxStarted: 3, backoffMs: 0, timeoutMs: 5_000 } as const;
const count = defineJob({ ...limits, name: "test.count" });
const fail = defineJob({ ...limits, name: "test.fail" });
const HOUR = 3_600_000;
const schedule = [
  { id: "count", job: count, everyMs: HOUR },
  { id: "fail", job: fail, everyMs: HOUR },
];
const [entry = { id: "count", job: count, everyMs: HOUR }] = schedule;

let parts: TestParts;
let ticks: ReturnType<typeof createTicks>;
beforeAll(async () => {
  parts = await createTestParts();
  const handlers = {
    ...testReactions.handlers,
    "test.count": handle(count, async (ctx) => {
      ran.push("count");
      // Maintenance may open as many transactions as it likes.
      for (let batch = 0; batch < 2; batch += 1)
        await ctx.tx(async (tx) => tx.record({ action: "test.tick", subjectType: "test", subjectId: "x" }));
    }),
    "test.fail": handle(fail, async () => {
      throw new Error("not today");
    }),
  };
  const registry = createRegistry({ ...testReactions, handlers });
  ticks = createTicks({ ...parts, registry, schedule, cancelling: new AbortController().signal });
});
afterAll(() => parts.stop());
beforeEach(async () => {
  ran.length = 0;
  await parts.pool.query("TRUNCATE schedule_run");
});
const runs = async () => (await parts.pool.query("SELECT * FROM schedule_run ORDER BY schedule_id, slot")).rows;

describe("a slot", () => {
  it("is claimed by one of twenty schedulers that ring at once", async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimSlot(parts.pool, entry)));
    expect(claims.filter((slot) => slot !== null)).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
  });

  it("begins at a multiple of its length on the database's clock", async () => {
    const slot = await claimSlot(parts.pool, entry);
    const { rows } = await parts.pool.query("SELECT date_trunc('hour', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS hour");
    expect(slot).toEqual(rows[0].hour);
  });

  it("is run once, whoever rings", async () => {
    await Promise.all(Array.from({ length: 5 }, () => ticks.run({ id: "any", name: "count" })));
    await ticks.run({ id: "late", name: "count" });
    expect(ran).toEqual(["count"]);
    expect(await runs()).toEqual([expect.objectContaining({ schedule_id: "count", error: null, finished_at: expect.any(Date) })]);
  });

  it("is taken over once its worker is gone, not before", async () => {
    await claimSlot(parts.pool, entry);
    expect(await claimSlot(parts.pool, entry)).toBeNull();
    await parts.pool.query("UPDATE schedule_run SET started_at = now() - interval '10 minutes'");
    await ticks.run({ id: "again", name: "count" });
    expect(ran).toEqual(["count"]);
  });

  it("remembers a failure and goes on with the next slot", async () => {
    await ticks.run({ id: "any", name: "fail" });
    expect(await runs()).toEqual([
      expect.objectContaining({ schedule_id: "fail", error: "Error: not today", finished_at: expect.any(Date) }),
    ]);
    expect(await findOverdue(parts.pool, schedule)).toEqual(["count"]);
  });
});

describe("an overdue schedule", () => {
  const all = () => findOverdue(parts.pool, schedule).then((ids) => ids.sort());

  it("is one that never ran, or not in its last slots", async () => {
    expect(await all()).toEqual(["count", "fail"]);
    for (const one of schedule) await claimSlot(parts.pool, one);
    expect(await all()).toEqual([]);
    await parts.pool.query("UPDATE schedule_run SET slot = slot - interval '3 hours', finished_at = now() WHERE schedule_id = 'fail'");
    expect(await all()).toEqual(["fail"]);
  });

  it("is one whose run was begun and never ended", async () => {
    for (const one of schedule) await claimSlot(parts.pool, one);
    await parts.pool.query("UPDATE schedule_run SET started_at = now() - interval '10 minutes' WHERE schedule_id = 'count'");
    expect(await all()).toEqual(["count"]);
  });
});
