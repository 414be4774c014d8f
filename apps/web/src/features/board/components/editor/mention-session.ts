import type { Editor } from "@tiptap/core";
import type { SuggestionProps } from "@tiptap/suggestion";

export type MentionChoice = { readonly id: string; readonly label: string };

/** What the plugin told last: the words behind the @, where they stand, and how to put a person in their place. */
export type MentionSession = Pick<SuggestionProps<never, MentionChoice>, "query" | "clientRect" | "command" | "editor">;

/** How long an input method may take to end a composition by itself before it is ended from here. */
const PATIENCE_MS = 400;
/** The editor reads the composed text a moment after the composition has ended. */
const SETTLE_MS = 40;

/** Runs once the editor's composition has ended and its text has arrived in the document. */
const whenComposed = (editor: Editor, then: () => void): void => {
  const deadline = performance.now() + PATIENCE_MS;
  const look = () => {
    if (editor.isDestroyed) return;
    if (!editor.view.composing) {
      setTimeout(then, SETTLE_MS);
      return;
    }
    if (performance.now() > deadline) editor.view.dom.blur();
    requestAnimationFrame(look);
  };
  setTimeout(look, 0);
};

/** The bridge between the suggestion plugin, which lives in the editor, and the list of people, which is drawn by React. */
export class MentionBridge {
  #session: MentionSession | null = null;
  #onKey: (key: string) => boolean = () => false;
  readonly #listeners = new Set<() => void>();

  readonly snapshot = (): MentionSession | null => this.#session;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The plugin's side: the session began, moved on, or ended. */
  update(session: MentionSession | null): void {
    this.#session = session && { query: session.query, clientRect: session.clientRect, command: session.command, editor: session.editor };
    for (const listener of this.#listeners) listener();
  }

  /** The list's side: what a key means while it is open. */
  listenForKeys(onKey: (key: string) => boolean): () => void {
    this.#onKey = onKey;
    return () => {
      this.#onKey = () => false;
    };
  }

  press(key: string): boolean {
    return this.#session !== null && this.#onKey(key);
  }

  /**
   * Puts a person in place of what was typed. A composition that is still open ends first: replacing its text under the input method would
   * leave its last syllable standing behind the name. Enter ends it by itself; a click does not, so `endComposition` does.
   */
  choose(choice: MentionChoice, endComposition = false): void {
    const editor = this.#session?.editor;
    if (!editor) return;
    if (endComposition && editor.view.composing) editor.view.dom.blur();
    // The range moves with the last syllable; the session that the plugin tells until then knows it.
    whenComposed(editor, () => this.#session?.command(choice));
  }
}
