import type { Readable } from "node:stream";
import { ZipFile } from "yazl";

export type ArchiveEntry = {
  /** A relative POSIX path. */
  readonly name: string;
  readonly modifiedAt: Date;
  /** Pictures, videos and documents are packed already: packing them once more costs time and saves nothing. */
  readonly isPacked: boolean;
  /** Called when it is this entry's turn, so that one source is open at a time. */
  open(): Readable;
};

/**
 * A ZIP of these entries, made while it is read: the next entry is asked for when the one before it has been read to its end, so that the
 * memory it takes does not grow with what it holds. What goes wrong in an entry ends the stream with that error. Beyond 4 GB it is a ZIP64.
 */
export const zipOf = (entries: AsyncIterable<ArchiveEntry>, signal?: AbortSignal): Readable => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | undefined;
  const add = ({ name, modifiedAt, isPacked, open }: ArchiveEntry): Promise<void> =>
    new Promise((resolve, reject) => {
      zip.addReadStreamLazy(name, { mtime: modifiedAt, compress: !isPacked }, (give) => {
        const source = open();
        current = source;
        source.once("end", resolve).once("error", reject);
        give(null, source);
      });
    });
  const addAll = async (): Promise<void> => {
    for await (const entry of entries) {
      signal?.throwIfAborted();
      await add(entry);
    }
    zip.end();
  };
  // The reader hears of a failure by the stream; whoever stopped reading is told nothing more.
  zip.on("error", (error: Error) => output.destroy(error));
  const stop = () => output.destroy(signal?.reason as Error);
  signal?.addEventListener("abort", stop, { once: true });
  output.once("close", () => {
    signal?.removeEventListener("abort", stop);
    current?.destroy();
  });
  addAll().catch((error: Error) => output.destroy(error));
  return output;
};
