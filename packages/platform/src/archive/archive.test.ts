import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { type ArchiveEntry, zipOf } from "./archive";
import { unzipped } from "./unzipped";

const MODIFIED = new Date("2026-11-21T00:00:00Z");
const entry = (name: string, content: Buffer | string | (() => Readable), isPacked = false): ArchiveEntry => ({
  name,
  modifiedAt: MODIFIED,
  isPacked,
  open: () => (typeof content === "function" ? content() : Readable.from([Buffer.from(content)])),
});
async function* listed(...entries: ArchiveEntry[]) {
  yield* entries;
}

describe("zipOf", () => {
  it("holds every entry as it was, packed or not, under Korean names", async () => {
    const bytes = randomBytes(200_000);
    const zip = await buffer(
      zipOf(listed(entry("글/제목.json", "가나다".repeat(1_000)), entry("사진.png", bytes, true), entry("empty", ""))),
    );
    const found = unzipped(zip);
    expect([...found.keys()]).toEqual(["글/제목.json", "사진.png", "empty"]);
    expect(found.get("글/제목.json")?.toString()).toBe("가나다".repeat(1_000));
    expect(found.get("사진.png")?.equals(bytes)).toBe(true);
    expect(zip.byteLength).toBeLessThan(bytes.byteLength + 2_000);
  });

  it("is an archive without any entry", async () => expect(unzipped(await buffer(zipOf(listed())))).toEqual(new Map()));

  it("opens one source at a time, and asks for the next one only when it was read", async () => {
    const counts = { asked: 0, open: 0, most: 0 };
    const MEGABYTE = randomBytes(1_048_576);
    const source = (): Readable => {
      counts.open += 1;
      counts.most = Math.max(counts.most, counts.open);
      const stream = Readable.from(
        (function* () {
          for (let sent = 0; sent < 4; sent += 1) yield MEGABYTE;
        })(),
      );
      stream.once("close", () => {
        counts.open -= 1;
      });
      return stream;
    };
    async function* many() {
      for (let made = 0; made < 64; made += 1) {
        counts.asked += 1;
        yield entry(`${made}`, source, true);
      }
    }
    const zip = zipOf(many());
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Nobody reads: no more is prepared than what the pipes between hold.
    expect(counts.asked).toBeLessThan(4);
    const before = process.memoryUsage().rss;
    let sizeBytes = 0;
    let most = 0;
    for await (const chunk of zip) {
      sizeBytes += (chunk as Buffer).byteLength;
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(sizeBytes).toBeGreaterThan(256 * 1_048_576);
    expect(counts.most).toBe(1);
    expect(most).toBeLessThan(96 * 1_048_576);
  });

  it("ends with the error of an entry, of their list, or of whoever cancels", async () => {
    const broken = () => new Readable({ read: (): void => {} }).destroy(new Error("the disk is gone"));
    await expect(buffer(zipOf(listed(entry("a", "a"), entry("b", broken))))).rejects.toThrow("the disk is gone");
    async function* failing() {
      yield entry("a", "a");
      throw new Error("the database is gone");
    }
    await expect(buffer(zipOf(failing()))).rejects.toThrow("the database is gone");
    const cancelled = new AbortController();
    const endless = () =>
      Readable.from(
        (function* () {
          for (;;) yield Buffer.alloc(65_536);
        })(),
      );
    const zip = zipOf(listed(entry("endless", endless)), cancelled.signal);
    setTimeout(() => cancelled.abort(new Error("the worker stops")), 20);
    await expect(buffer(zip)).rejects.toThrow("the worker stops");
  });
});
