import { appendFile, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppendLog, createAppendLog } from "./append-log";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "maru-append-"));
});
afterAll(() => rm(folder, { recursive: true }));

const linesOf = async (log: AppendLog): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of log.lines()) lines.push(line);
  return lines;
};

describe("a log that is only added to", () => {
  it("has no lines before its first, and makes its file for its owner alone", async () => {
    const path = join(folder, "new/log.jsonl");
    const log = createAppendLog(path);
    expect([await linesOf(log), await log.lastLines()]).toEqual([[], []]);
    await log.append("one");
    await log.append("two");
    expect([await linesOf(log), await log.lastLines()]).toEqual([
      ["one", "two"],
      ["one", "two"],
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("gives its end without its beginning", async () => {
    const log = createAppendLog(join(folder, "long.jsonl"));
    for (let no = 1; no <= 100; no += 1) await log.append(`${no} ${"가".repeat(33)}`);
    const last = await log.lastLines();
    expect(last.length).toBeLessThan(45);
    expect(last.at(-1)).toMatch(/^100 가{33}$/);
    expect(last[0]).toMatch(/^\d+ 가{33}$/);
  });

  it("keeps a line apart from half a line that a power cut left", async () => {
    const path = join(folder, "torn.jsonl");
    const log = createAppendLog(path);
    await log.append("one");
    await appendFile(path, '{"half');
    await log.append("two");
    expect(await linesOf(log)).toEqual(["one", '{"half', "two"]);
  });
});
