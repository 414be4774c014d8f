import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** Lines that are only ever added, each on the disk before `append` resolves. */
export type AppendLog = {
  append(line: string): Promise<void>;
  /** Every line from the first; none while there is no file. A line that was cut off half-way is given as it stands. */
  lines(): AsyncIterable<string>;
  /** The last lines, as many as a few kilobytes hold: whoever only wants the end need not read years. */
  lastLines(): Promise<string[]>;
};

const TAIL_BYTES = 4_096;

const NEWLINE = 10;

/** A power cut may have left half a line: what comes next must not be joined to it. */
const endsInsideLine = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEWLINE;
};

const openIfThere = async (path: string): Promise<FileHandle | null> => {
  try {
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
};

/** Opens nothing by itself: the file and its folder are made with the first line, readable for their owner alone. */
export const createAppendLog = (path: string): AppendLog => ({
  append: async (line) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, "a+", 0o600);
    try {
      await file.appendFile(`${(await endsInsideLine(file)) ? "\n" : ""}${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  lines: async function* () {
    const file = await openIfThere(path);
    if (!file) return;
    try {
      yield* file.readLines({ autoClose: false });
    } finally {
      await file.close();
    }
  },
  lastLines: async () => {
    const file = await openIfThere(path);
    if (!file) return [];
    try {
      const start = Math.max(0, (await file.stat()).size - TAIL_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
      const lines = buffer.toString("utf8", 0, bytesRead).split("\n");
      // The first of them may have lost its beginning.
      return lines.slice(start > 0 ? 1 : 0).filter((line) => line !== "");
    } finally {
      await file.close();
    }
  },
});
