import { createHash } from "node:crypto";
import { mkdtemp, open, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalStorage } from "./local";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "maru-storage-"));
});
afterEach(async () => rm(dataDir, { recursive: true, force: true }));

const filesBelow = async (): Promise<string[]> => {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

describe("local storage", () => {
  it("writes a stream whole, with its size and hash, and reads ranges of it", async () => {
    const storage = createLocalStorage(dataDir);
    const stored = await storage.write("originals/ab/abc", Readable.from([Buffer.from("안녕"), Buffer.from(" maru")]));
    expect(stored).toEqual({ sizeBytes: 11, sha256: createHash("sha256").update("안녕 maru").digest("hex") });
    expect(await text(storage.read("originals/ab/abc"))).toBe("안녕 maru");
    expect(await text(storage.read("originals/ab/abc", { start: 7, end: 9 }))).toBe("mar");
    expect(await storage.stat("originals/ab/abc")).toEqual({ sizeBytes: 11 });
    expect(await filesBelow()).toEqual(["abc"]);
  });

  it("moves over an equal object and removes what is not there", async () => {
    const storage = createLocalStorage(dataDir);
    await storage.write("quarantine/one", Buffer.from("same"));
    await storage.write("quarantine/two", Buffer.from("same"));
    await storage.move("quarantine/one", "originals/same");
    await storage.move("quarantine/two", "originals/same");
    expect((await buffer(storage.read("originals/same"))).toString()).toBe("same");
    await storage.remove("originals/same");
    await storage.remove("originals/same");
    expect(await storage.stat("originals/same")).toBeNull();
  });

  it("shows nothing of a write whose source fails", async () => {
    const storage = createLocalStorage(dataDir);
    const failing = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error("the client went away");
      })(),
    );
    await expect(storage.write("quarantine/cut", failing)).rejects.toThrow("the client went away");
    expect(await filesBelow()).toEqual([]);
  });

  it("says storage.full when the disk is full, and leaves nothing", async () => {
    // A real write to a real device that is always full: the kernel's own ENOSPC.
    const storage = createLocalStorage(dataDir, async (path, flags) => {
      await (await open(path, flags)).close();
      return open("/dev/full", "w");
    });
    await expect(storage.write("quarantine/full", Buffer.alloc(10))).rejects.toMatchObject({ kind: "unavailable", code: "storage.full" });
    expect(await filesBelow()).toEqual([]);
  });

  it.each([
    "",
    "../etc/passwd",
    "a/../../b",
    "/etc/passwd",
    "a//b",
    ".hidden",
    "a/.unfinished/b",
    "a\\b",
    "이름",
    "a\0b",
    "A",
    "x".repeat(201),
  ])("refuses the key %j", async (key) => {
    const storage = createLocalStorage(dataDir);
    await expect(storage.write(key, Buffer.from("x"))).rejects.toThrow("no storage key");
    expect(() => storage.read(key)).toThrow("no storage key");
    expect(await filesBelow()).toEqual([]);
  });

  it("lists what is old, at any depth, by its key", async () => {
    const storage = createLocalStorage(dataDir);
    const list = async (before: Date): Promise<string[]> => {
      const keys: string[] = [];
      for await (const key of storage.listOlder("originals", before)) keys.push(key);
      return keys;
    };
    expect(await list(new Date())).toEqual([]);
    for (const key of ["originals/aa/old", "originals/young", "elsewhere/old"]) await storage.write(key, Buffer.from("x"));
    const dayAgo = new Date(Date.now() - 86_400_000);
    for (const key of ["originals/aa/old", "elsewhere/old"]) await utimes(join(dataDir, "files", key), dayAgo, dayAgo);
    expect(await list(new Date(Date.now() - 3_600_000))).toEqual(["originals/aa/old"]);
  });

  it("removes what a crash left behind, and nothing younger", async () => {
    const storage = createLocalStorage(dataDir);
    expect(await storage.removeOlder("quarantine", new Date())).toBe(0);
    await storage.write("quarantine/old", Buffer.from("x"));
    await storage.write("quarantine/young", Buffer.from("x"));
    await storage.write("originals/old", Buffer.from("x"));
    const dayAgo = new Date(Date.now() - 86_400_000);
    await utimes(join(dataDir, "files/quarantine/old"), dayAgo, dayAgo);
    await utimes(join(dataDir, "files/originals/old"), dayAgo, dayAgo);
    expect(await storage.removeOlder("quarantine", new Date(Date.now() - 3_600_000))).toBe(1);
    expect((await filesBelow()).sort()).toEqual(["old", "young"]);
    expect(await storage.stat("quarantine/old")).toBeNull();
  });
});
