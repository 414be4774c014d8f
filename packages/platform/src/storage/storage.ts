import type { Readable } from "node:stream";

export type StoredObject = { readonly sizeBytes: number; readonly sha256: string };
export type ByteRange = { readonly start: number; readonly end: number };

/** Where bytes live. Keys are relative POSIX paths of our own making, never a name that came in. An object is visible whole or not at all. */
export type ObjectStorage = {
  /** Streams to a temporary name, then renames. Throws `storage.full` (507 at the door) when the disk is full; nothing partial stays. */
  write(key: string, source: Readable | Uint8Array): Promise<StoredObject>;
  move(fromKey: string, toKey: string): Promise<void>;
  read(key: string, range?: ByteRange): Readable;
  /** Null when there is no such object. */
  stat(key: string): Promise<{ sizeBytes: number } | null>;
  remove(key: string): Promise<void>;
  /** The keys of the objects below this folder, at any depth, that were last touched before then. */
  listOlder(folder: string, before: Date): AsyncIterable<string>;
  /** Removes what a crash left behind: unfinished writes, and the objects below this folder, last touched before then. Returns how many. */
  removeOlder(folder: string, before: Date): Promise<number>;
};
