import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Readable } from "node:stream";
import { defineErrors } from "../errors/errors";
import type { ObjectStorage, StoredObject } from "./storage";

export const storageErrors = defineErrors("storage", { full: "unavailable" });

const KEY = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const MAX_KEY_LENGTH = 200;
/** Unfinished writes lie here; a name of this shape is no key, so nobody reads one. */
const UNFINISHED = ".unfinished";
// What the system says when the disk, the quota of its user or the largest size of a file is reached.
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const codeOf = (error: unknown): unknown => (error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined);
const isMissing = (error: unknown): boolean => codeOf(error) === "ENOENT";
const asStorageError = (error: unknown): unknown => (FULL.has(String(codeOf(error))) ? storageErrors.full() : error);

const writeAll = async (file: FileHandle, source: Readable | Uint8Array): Promise<StoredObject> => {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    const bytes = chunk as Uint8Array;
    hash.update(bytes);
    sizeBytes += bytes.byteLength;
    await file.writeFile(bytes);
  }
  return { sizeBytes, sha256: hash.digest("hex") };
};

/** The files below a folder that were last touched before then. One that goes away meanwhile is left out. */
async function* filesOlder(folder: string, before: Date): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOlder(path, before);
    else if (((await stat(path).catch(() => null))?.mtime ?? before) < before) yield path;
  }
}

const removeOlderIn = async (folder: string, before: Date): Promise<number> => {
  let removed = 0;
  for await (const path of filesOlder(folder, before)) {
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
};

/**
 * Objects as files below `<dataDir>/files`. A write goes to a temporary name and is renamed when it is whole; it is not synced to the disk,
 * because the row that names it commits later and a machine that loses power in between loses an upload that nobody was told had succeeded.
 * `openFile` is there so that a test can hand in a file whose disk is full.
 */
export const createLocalStorage = (
  dataDir: string,
  openFile: (path: string, flags: string) => Promise<FileHandle> = open,
): ObjectStorage => {
  const root = join(dataDir, "files");
  const unfinished = join(root, UNFINISHED);
  const pathOf = (key: string): string => {
    if (key.length > MAX_KEY_LENGTH || !KEY.test(key)) throw new Error("this is no storage key");
    return join(root, key);
  };
  /** Renames into a folder that may not exist yet. */
  const place = async (from: string, to: string): Promise<void> => {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  };

  const write = async (key: string, source: Readable | Uint8Array): Promise<StoredObject> => {
    const target = pathOf(key);
    const temporary = join(unfinished, randomUUID());
    try {
      await mkdir(unfinished, { recursive: true });
      const file = await openFile(temporary, "wx");
      const stored = await writeAll(file, source).finally(() => file.close());
      await place(temporary, target);
      return stored;
    } catch (error) {
      await rm(temporary, { force: true });
      throw asStorageError(error);
    }
  };

  return {
    write,
    move: async (fromKey, toKey) => {
      await place(pathOf(fromKey), pathOf(toKey)).catch((error: unknown) => {
        throw asStorageError(error);
      });
    },
    read: (key, range) => createReadStream(pathOf(key), range),
    stat: async (key) => {
      try {
        return { sizeBytes: (await stat(pathOf(key))).size };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    listOlder: async function* (folder, before) {
      for await (const path of filesOlder(pathOf(folder), before)) yield relative(root, path);
    },
    remove: async (key) => rm(pathOf(key), { force: true }),
    removeOlder: async (folder, before) => (await removeOlderIn(unfinished, before)) + (await removeOlderIn(pathOf(folder), before)),
  };
};
