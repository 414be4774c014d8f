import type { CDPSession, Locator, Page } from "@playwright/test";

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const VOWELS = 21;
const FINALS = 28;
const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];

/** How long a page is busy that draws slowly: long enough for a few keys. */
const BUSY_MS = 400;

/** A key as the browser gets it from the keyboard. */
export type QueuedKey = {
  readonly key: string;
  readonly windowsVirtualKeyCode: number;
  readonly text?: string;
  readonly ctrl?: boolean;
};

/** What stands under the cursor while a syllable is typed on a Korean keyboard: ㅎ, 하, 한. */
export const stepsOf = (syllable: string): string[] => {
  const code = syllable.charCodeAt(0);
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return [syllable];
  const index = code - FIRST_SYLLABLE;
  const initial = INITIALS[Math.floor(index / (VOWELS * FINALS))] ?? syllable;
  const open = String.fromCharCode(code - (index % FINALS));
  return open === syllable ? [initial, syllable] : [initial, open, syllable];
};

/** The hands of somebody who writes Korean, and who drags files out of a folder: what the browser gets is what an input method would send. */
export class Hands {
  private constructor(
    readonly page: Page,
    readonly cdp: CDPSession,
  ) {}

  static async of(page: Page): Promise<Hands> {
    return new Hands(page, await page.context().newCDPSession(page));
  }

  /** Begins or changes the composition under the cursor. */
  async compose(text: string): Promise<void> {
    await this.#press229();
    await this.cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }

  /** Ends the composition with this text. */
  async commit(text: string): Promise<void> {
    await this.cdp.send("Input.insertText", { text });
  }

  /** Writes a text syllable by syllable; the last one stays open when `isLeftOpen`. */
  async write(text: string, { isLeftOpen = false } = {}): Promise<void> {
    const syllables = [...text];
    for (const [index, syllable] of syllables.entries()) {
      if (syllable === " ") {
        await this.page.keyboard.press("Space");
        continue;
      }
      for (const step of stepsOf(syllable)) await this.compose(step);
      if (!isLeftOpen || index < syllables.length - 1) await this.commit(syllable);
    }
  }

  /**
   * Enter that ends a composition with this text, as Chromium reports it: the key comes with the number of "the input method has it" while
   * the composition is open, and it comes up again when it has ended.
   */
  async endWithEnter(text: string, { ctrl = false } = {}): Promise<void> {
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229, modifiers: ctrl ? 2 : 0 };
    await this.cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
    await this.commit(text);
    await this.cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  }

  /** Presses keys while the page is busy with something else: they queue up, and reach it one right behind the other. */
  async pressWhileBusy(keys: readonly QueuedKey[]): Promise<void> {
    await this.page.evaluate((busyMs) => {
      setTimeout(() => {
        const until = performance.now() + busyMs;
        while (performance.now() < until);
      });
    }, BUSY_MS);
    const pressed = keys.map(({ ctrl, ...key }) => {
      const stroke = { ...key, code: key.key, modifiers: ctrl ? 2 : 0 };
      const down = this.cdp.send("Input.dispatchKeyEvent", { type: key.text ? "keyDown" : "rawKeyDown", ...stroke });
      return Promise.all([down, this.cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...stroke })]);
    });
    await Promise.all(pressed);
  }

  /** Drags files from the desktop and lets them fall here: real drag events, trusted by the browser. */
  async drop(target: Locator, paths: readonly string[]): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error("there is nothing to drop files on");
    const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) await this.cdp.send("Input.dispatchDragEvent", { type, ...place, data });
  }

  /** Makes the way to the server as slow as that of a phone; null makes it fast again. */
  async setUploadSpeed(bytesPerSecond: number | null): Promise<void> {
    const limit = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond ?? -1 };
    await this.cdp.send("Network.emulateNetworkConditions", limit);
  }

  async #press229(): Promise<void> {
    const key = { key: "Process", code: "KeyG", windowsVirtualKeyCode: 229 };
    await this.cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
    await this.cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  }
}
