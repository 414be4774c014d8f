export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "isComposing" | "keyCode" | "timeStamp">;

export type KeyVerdict =
  /** An ordinary key press: the editor hands it on by itself. */
  | { readonly kind: "plain" }
  /** Pressed inside a composition. What needs the composed text must wait until the composition has ended. */
  | { readonly kind: "composed"; readonly key: string }
  /** The browser's second report of a key that was dealt with already. */
  | { readonly kind: "echo" };

const LIST_KEYS = new Set(["ArrowDown", "ArrowUp", "Enter", "Tab"]);
const ECHO_MS = 120;

const isComposed = (event: KeyPress) => event.isComposing || event.keyCode === 229;

/**
 * Keys for a list that is open while Hangul is being composed. Browsers report such a key as part of the composition (`isComposing`, or only
 * keyCode 229 in WebKit, where the composition has ended by then; on Windows its name is "Process"), and most report it a second time when
 * the composition has ended. Read here, it counts once.
 */
export class ComposedKeys {
  #last: { readonly key: string; readonly at: number } | null = null;

  read(event: KeyPress): KeyVerdict {
    const key = event.key === "Process" || event.key === "Unidentified" ? event.code : event.key;
    if (!isComposed(event)) {
      const isEcho = this.#last?.key === key && event.timeStamp - this.#last.at < ECHO_MS;
      this.#last = null;
      return isEcho ? { kind: "echo" } : { kind: "plain" };
    }
    if (!LIST_KEYS.has(key)) return { kind: "plain" };
    this.#last = { key, at: event.timeStamp };
    return { kind: "composed", key };
  }
}

/** Whether a key press belongs to a composition, in every browser: Enter then chooses a syllable and must not send anything. */
export const isComposing = isComposed;
