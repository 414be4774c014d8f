import { type FileView, MAX_FILE_BYTES } from "@maru/api/files/contract";
import { problemOf, type SendFile } from "./send-file";
import { applyReport, isPending, retried, type Upload, type UploadPurpose, type UploadReport } from "./upload-state";

/** Browsers give one host six connections; two for files leave room for the work that goes on beside them. */
const AT_ONCE = 2;

/** Random enough for one page. `crypto.randomUUID` exists on https only, and a company's own server may well speak http. */
export const newUploadId = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

type Transfer = { readonly attempt: number; readonly stop: () => void };

/**
 * The files on their way to the server, outside React so that they keep going while the page draws. One queue belongs to one editor; it
 * sends a few files at a time in the order in which they came.
 */
export class UploadQueue {
  #uploads: readonly Upload[] = [];
  readonly #files = new Map<string, File>();
  readonly #transfers = new Map<string, Transfer>();
  readonly #listeners = new Set<() => void>();
  readonly #send: SendFile;
  readonly #onDone: (upload: Upload, result: FileView) => void;

  constructor(send: SendFile, onDone: (upload: Upload, result: FileView) => void) {
    this.#send = send;
    this.#onDone = onDone;
  }

  /** The uploads as they stand; a new array whenever one of them changed. */
  readonly snapshot = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(file: File, purpose: UploadPurpose, id: string = newUploadId()): Upload {
    const upload: Upload = {
      id,
      fileName: file.name.normalize("NFC"),
      sizeBytes: file.size,
      purpose,
      attempt: 1,
      phase: { name: "waiting" },
    };
    this.#files.set(id, file);
    const code = file.size === 0 ? "files.emptyFile" : file.size > MAX_FILE_BYTES ? "files.tooLarge" : null;
    this.#set([...this.#uploads, code ? { ...upload, phase: { name: "failed", problem: problemOf(code) } } : upload]);
    this.#pump();
    return upload;
  }

  /** Stops an upload and forgets it; a finished one is only forgotten. */
  remove(id: string): void {
    this.#transfers.get(id)?.stop();
    this.#transfers.delete(id);
    this.#files.delete(id);
    this.#set(this.#uploads.filter((upload) => upload.id !== id));
    this.#pump();
  }

  retry(id: string): void {
    this.#set(this.#uploads.map((upload) => (upload.id === id ? retried(upload) : upload)));
    this.#pump();
  }

  /** Sends again whatever failed for a reason that may have passed. */
  retryAll(): void {
    this.#set(this.#uploads.map(retried));
    this.#pump();
  }

  /** Stops everything, for a page that is left. */
  stop(): void {
    for (const transfer of this.#transfers.values()) transfer.stop();
    this.#transfers.clear();
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }

  #pump(): void {
    for (const upload of this.#uploads) {
      if (this.#transfers.size >= AT_ONCE) return;
      const file = this.#files.get(upload.id);
      if (upload.phase.name !== "waiting" || !file) continue;
      const report = (each: UploadReport) => this.#report(upload.id, upload.attempt, each);
      // The place is taken before the sender speaks: its first report comes while it starts.
      this.#transfers.set(upload.id, { attempt: upload.attempt, stop: () => undefined });
      const stop = this.#send(file, report);
      if (this.#transfers.get(upload.id)?.attempt === upload.attempt) this.#transfers.set(upload.id, { attempt: upload.attempt, stop });
    }
  }

  #report(id: string, attempt: number, report: UploadReport): void {
    const before = this.#uploads.find((upload) => upload.id === id);
    if (!before) return;
    const after = applyReport(before, attempt, report);
    if (after === before) return;
    this.#set(this.#uploads.map((upload) => (upload.id === id ? after : upload)));
    if (isPending(after)) return;
    if (this.#transfers.get(id)?.attempt === attempt) this.#transfers.delete(id);
    if (after.phase.name === "done") this.#onDone(after, after.phase.result);
    this.#pump();
  }
}
