import type { DraftText, LocalDraft } from "./draft-start";

export type DraftStatus =
  | { readonly name: "clean" }
  /** Written down in this browser, on its way to the server. */
  | { readonly name: "changed" }
  | { readonly name: "saving" }
  | { readonly name: "saved"; readonly savedAt: string }
  /** Only this browser has it; the saver keeps trying. */
  | { readonly name: "failed"; readonly error: unknown };

export type DraftSaverOptions = {
  readonly read: () => DraftText;
  readonly saveToServer: (text: DraftText, baseVersion: number | null) => Promise<{ readonly savedAt: string } | null>;
  readonly saveToBrowser: (draft: LocalDraft) => void;
  readonly baseVersion: number | null;
  readonly continues: string | null;
  readonly now?: () => Date;
};

export const BROWSER_DELAY_MS = 200;
export const SERVER_DELAY_MS = 1_500;
/** Somebody who never pauses is saved all the same. */
export const SERVER_PATIENCE_MS = 10_000;
const RETRY_MS = [4_000, 10_000, 30_000] as const;

/**
 * Keeps what is being written: in the browser almost at once, on the server when the writer pauses. One save is under way at a time; what
 * changes meanwhile is saved after it. A server that is away costs nothing, the browser's copy stays and the saver tries again.
 */
export class DraftSaver {
  #status: DraftStatus = { name: "clean" };
  #isDirty = false;
  #isStopped = false;
  #continues: string | null;
  #baseVersion: number | null;
  #failures = 0;
  #firstTouch = 0;
  #browserTimer: ReturnType<typeof setTimeout> | null = null;
  #serverTimer: ReturnType<typeof setTimeout> | null = null;
  #underWay: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #options: DraftSaverOptions;

  constructor(options: DraftSaverOptions) {
    this.#options = options;
    this.#continues = options.continues;
    this.#baseVersion = options.baseVersion;
  }

  readonly status = (): DraftStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Something changed. */
  touch(): void {
    if (this.#isStopped) return;
    const now = this.#now().getTime();
    if (!this.#isDirty) this.#firstTouch = now;
    this.#isDirty = true;
    if (this.#status.name !== "saving") this.#become({ name: "changed" });
    this.#browserTimer ??= setTimeout(() => this.#writeBrowserCopy(false), BROWSER_DELAY_MS);
    const patience = Math.max(0, this.#firstTouch + SERVER_PATIENCE_MS - now);
    this.#schedule(Math.min(SERVER_DELAY_MS, patience));
  }

  /** The text now goes on from another version of the post: the writer has seen it. */
  rebase(version: number): void {
    this.#baseVersion = version;
  }

  /** Everything is written down: at once in the browser, as soon as possible on the server. */
  async flush(): Promise<void> {
    if (this.#isDirty && !this.#isStopped) this.#writeBrowserCopy(false);
    await this.#save();
  }

  /** Ends saving, for a text that was published or thrown away; waits for a save that is under way, so that it cannot come after. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#clearTimers();
    await this.#underWay;
  }

  /** Goes on after a stop: publishing was refused. */
  resume(): void {
    this.#isStopped = false;
    this.touch();
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  #become(status: DraftStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }

  #clearTimers(): void {
    if (this.#browserTimer) clearTimeout(this.#browserTimer);
    if (this.#serverTimer) clearTimeout(this.#serverTimer);
    this.#browserTimer = null;
    this.#serverTimer = null;
  }

  #schedule(delayMs: number): void {
    if (this.#serverTimer) clearTimeout(this.#serverTimer);
    this.#serverTimer = setTimeout(() => void this.#save(), delayMs);
  }

  #writeBrowserCopy(isSynced: boolean): void {
    if (this.#browserTimer) clearTimeout(this.#browserTimer);
    this.#browserTimer = null;
    this.#options.saveToBrowser({
      ...this.#options.read(),
      baseVersion: this.#baseVersion,
      savedAt: this.#now().toISOString(),
      continues: this.#continues,
      isSynced,
    });
  }

  async #save(): Promise<void> {
    if (this.#underWay) {
      await this.#underWay;
      return this.#isDirty && !this.#isStopped ? this.#save() : undefined;
    }
    if (!this.#isDirty || this.#isStopped) return;
    if (this.#serverTimer) clearTimeout(this.#serverTimer);
    this.#underWay = this.#saveOnce();
    await this.#underWay;
  }

  async #saveOnce(): Promise<void> {
    this.#isDirty = false;
    this.#become({ name: "saving" });
    try {
      const saved = await this.#options.saveToServer(this.#options.read(), this.#baseVersion);
      this.#failures = 0;
      this.#continues = saved?.savedAt ?? null;
      if (!this.#isStopped) this.#writeBrowserCopy(!this.#isDirty);
      this.#become(this.#isDirty ? { name: "changed" } : saved ? { name: "saved", savedAt: saved.savedAt } : { name: "clean" });
    } catch (error) {
      this.#isDirty = true;
      this.#become({ name: "failed", error });
      const delay = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 30_000;
      this.#failures += 1;
      if (!this.#isStopped) this.#schedule(delay);
    } finally {
      this.#underWay = null;
    }
  }
}
