import { Readable } from "node:stream";
import { receiveFile } from "@maru/api/files/service";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { drawPictures, type FaultStack, startFaultStack, until } from "./fault-stack";

// Locks of half a minute have to run out in some of these.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let stack: FaultStack;
beforeAll(async () => {
  stack = await startFaultStack();
});
afterEach(() => stack.endWorkers());
afterAll(() => stack?.stop());

const upload = (bytes: Buffer, name: string) =>
  receiveFile(stack.contextFor(stack.people.hong), { name, stream: Readable.from(bytes), declaredSize: bytes.byteLength });
const uploadAll = async (pictures: readonly Buffer[], prefix: string): Promise<string[]> =>
  Promise.all(pictures.map(async (bytes, index) => (await upload(bytes, `${prefix}-${index}.jpg`)).id));
const readyAmong = (ids: readonly string[]) => stack.maru.database.prisma.file.count({ where: { id: { in: [...ids] }, state: "READY" } });

/** For each file, how often its pictures were announced: the effect that must not happen twice. */
const announcements = async (ids: readonly string[]): Promise<number[]> => {
  const entries = await stack.redis.xrange("maru:events", "-", "+");
  const named = entries.filter(([, fields]) => fields.includes("files.variants-made")).map(([, fields]) => fields.join(" "));
  return ids.map((id) => named.filter((text) => text.includes(id)).length);
};
const work = async () =>
  (await stack.maru.database.pool.query("SELECT state, started FROM work WHERE name = 'files.generate-thumbnail'")).rows;

describe("pictures", () => {
  it("are all made, and none twice, when the worker is killed in the middle of twenty", async () => {
    const first = await stack.startWorker();
    const ids = await uploadAll(await drawPictures(20), "killed");
    await until("some are made", async () => (await readyAmong(ids)) >= 3, 60_000);
    first.kill("SIGKILL");
    const before = await readyAmong(ids);
    expect(before).toBeLessThan(20);
    await stack.startWorker();
    const tookMs = await until("all twenty are made", async () => (await readyAmong(ids)) === 20, 90_000);
    expect(tookMs).toBeLessThan(90_000);
    await until("all are announced", async () => (await announcements(ids)).every((count) => count > 0), 60_000);
    expect(await announcements(ids)).toEqual(ids.map(() => 1));
    const rows = await work();
    expect(rows.every(({ state }) => state === "DONE")).toBe(true);
    // The one in hand was begun a second time; no other was.
    expect(rows.reduce((sum, { started }) => sum + started, 0)).toBeLessThanOrEqual(21);
  });

  it("are made once when a worker freezes with one in hand, another takes it, and the first awakes", async () => {
    const frozen = await stack.startWorker();
    const ids = await uploadAll(await drawPictures(6, 2_600), "frozen");
    await until("one is made", async () => (await readyAmong(ids)) >= 1, 60_000);
    frozen.kill("SIGSTOP");
    await stack.startWorker();
    await until("all are made", async () => (await readyAmong(ids)) === 6, 90_000);
    frozen.kill("SIGCONT");
    // Time enough for what the first one still believes to be its own.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(frozen.isRunning()).toBe(true);
    // One that the frozen worker had in hand is taken over when it has stood still for too long, within a minute.
    await until("all are announced", async () => (await announcements(ids)).every((count) => count > 0), 60_000);
    expect(await announcements(ids)).toEqual(ids.map(() => 1));
    expect((await work()).every(({ state }) => state === "DONE")).toBe(true);
  });
});
