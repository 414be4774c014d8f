import { newId } from "@maru/platform/crypto/id";
import { DeadJob, PutBack } from "@maru/platform/queue/lane-worker";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createExecutor } from "./executor";
import { createTestParts, entered, type TestParts } from "./testing/test-worker";

let parts: TestParts;
beforeAll(async () => {
  parts = await createTestParts();
});
afterAll(() => parts.stop());
beforeEach(async () => {
  entered.length = 0;
  await parts.pool.query("TRUNCATE work, processed_work");
});

const owe = async (name: string, payload: unknown, consumer = name): Promise<string> => {
  const id = newId();
  await parts.pool.query(
    `INSERT INTO work (id, source_id, consumer, name, lane, payload, request_id) VALUES ($1, gen_random_uuid(), $2, $3, 'notify', $4, 'the request')`,
    [id, consumer, name, JSON.stringify(payload)],
  );
  return id;
};
const stateOf = async (id: string) =>
  (await parts.pool.query("SELECT state, error, attempt, started FROM work WHERE id = $1", [id])).rows[0];
const run = (id: string) => parts.execute({ id, name: "any" });
const marksOf = async (key: string) => (await parts.marks()).filter((mark) => mark === key);

describe("the executor", () => {
  it("does a job once and remembers it", async () => {
    const id = await owe("test.leave-mark", { key: "once" });
    await run(id);
    expect(await stateOf(id)).toMatchObject({ state: "DONE", started: 1 });
    await run(id);
    expect(await marksOf("once")).toHaveLength(1);
    expect(entered).toEqual(["once"]);
  });

  it("has one effect when the same job is delivered ten times at once", async () => {
    const id = await owe("test.something-happened", { key: "ten" }, "test.first");
    await Promise.all(Array.from({ length: 5 }, () => run(id)));
    await Promise.all(Array.from({ length: 5 }, () => run(id)));
    expect(await marksOf("test.first ten")).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ state: "DONE" });
  });

  it("takes work as done whose effect was committed before its process died", async () => {
    const id = await owe("test.leave-mark", { key: "killed" });
    await run(id);
    await parts.pool.query("UPDATE work SET state = 'PENDING', finished_at = NULL WHERE id = $1", [id]);
    await run(id);
    expect(await marksOf("killed")).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ state: "DONE" });
    expect(parts.lines.at(-1)).toMatchObject({ msg: "job", outcome: "already-done" });
  });

  it("knows nothing of work that was deleted", async () => {
    await expect(run(newId())).resolves.toBeUndefined();
  });

  it("carries the request's id from the row into one line of the log", async () => {
    parts.lines.length = 0;
    await run(await owe("test.leave-mark", { key: "logged" }));
    const lines = parts.lines.filter(({ msg }) => msg === "job");
    expect(lines).toEqual([
      expect.objectContaining({ requestId: "the request", consumer: "test.leave-mark", outcome: "done", attempt: 1 }),
    ]);
  });

  it("tries again as often as the job says, then keeps a dead letter with the reason", async () => {
    const id = await owe("test.fail-always", { key: "poison" });
    await expect(run(id)).rejects.not.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ state: "PENDING", attempt: 1, error: "Error: no luck with poison" });
    await expect(run(id)).rejects.not.toBeInstanceOf(DeadJob);
    await expect(run(id)).rejects.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ state: "DEAD", attempt: 3, error: "Error: no luck with poison" });
    await run(id);
    expect(entered).toHaveLength(3);
  });

  it("buries what does not parse without running it", async () => {
    const id = await owe("test.leave-mark", { key: 7 });
    await expect(run(id)).rejects.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ state: "DEAD", error: expect.stringContaining("invalid input") });
    expect(entered).toEqual([]);
  });

  it("buries what nobody in this build does", async () => {
    const id = await owe("test.something-happened", { key: "k" }, "test.third");
    await expect(run(id)).rejects.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ state: "DEAD" });
  });

  it("buries what was begun too often and never ended", async () => {
    const id = await owe("test.leave-mark", { key: "killer" });
    await parts.pool.query("UPDATE work SET started = 5 WHERE id = $1", [id]);
    await expect(run(id)).rejects.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ state: "DEAD", error: "begun 5 times and never ended" });
    expect(entered).toEqual([]);
  });

  it("ends what takes too long", async () => {
    const id = await owe("test.hang", { key: "slow" });
    await expect(run(id)).rejects.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ state: "DEAD", error: "Error: took longer than 100 ms" });
  });

  it("refuses a second transaction, which could not be told from a repetition", async () => {
    const id = await owe("test.open-two", { key: "two" });
    await expect(run(id)).rejects.toBeInstanceOf(DeadJob);
    expect(await stateOf(id)).toMatchObject({ error: expect.stringContaining("second transaction") });
    expect(await marksOf("two second")).toEqual([]);
  });

  it("lets a job commit step by step that says so", async () => {
    const id = await owe("test.open-two-steps", { key: "steps" });
    await run(id);
    expect(await stateOf(id)).toMatchObject({ state: "DONE" });
    expect((await parts.marks()).filter((mark) => mark.startsWith("steps"))).toEqual(["steps first", "steps second"]);
  });

  it("puts back what is cancelled because the worker stops, and counts neither start nor attempt", async () => {
    const cancelling = new AbortController();
    const execute = createExecutor({ ...parts, stopping: new AbortController().signal, cancelling: cancelling.signal });
    const id = await owe("test.hang", { key: "stopped" });
    const running = execute({ id, name: "any" });
    setTimeout(() => cancelling.abort(new Error("stop")), 30);
    await expect(running).rejects.toBeInstanceOf(PutBack);
    expect(await stateOf(id)).toMatchObject({ state: "PENDING", attempt: 0, started: 0 });
  });
});
