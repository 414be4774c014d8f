import { Extension, resolveFocusPosition } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";

/**
 * The browser tells of a moved cursor only after what else waits. Keys that queued up while the page was busy would act where the cursor was
 * before, so the editor reads it before each of them. The list of events is what a person does in the text or on a tool.
 */
const cursorFirst = () =>
  new Plugin({
    key: new PluginKey("cursorFirst"),
    view: ({ dom: { ownerDocument: page } }) => {
      const read = (event: Event) => {
        if (!(event instanceof KeyboardEvent && event.isComposing)) page.dispatchEvent(new Event("selectionchange"));
      };
      page.addEventListener("keydown", read, { capture: true });
      page.addEventListener("mousedown", read, { capture: true });
      return {
        destroy: () => {
          page.removeEventListener("keydown", read, { capture: true });
          page.removeEventListener("mousedown", read, { capture: true });
        },
      };
    },
  });

/** Keeps pace with a quick typist on a slow machine: nothing that was pressed is lost or lands elsewhere. */
export const QuickTyping = Extension.create({
  name: "quickTyping",
  addProseMirrorPlugins: () => [cursorFirst()],
  addCommands: () => ({
    // TipTap's own command waits for the next frame, and then puts the cursor back to where it was.
    focus:
      (position = null, { scrollIntoView = true } = {}) =>
      ({ editor, view, tr, dispatch }) => {
        if (editor.isDestroyed) return false;
        if (!dispatch || position === false || (position === null && view.hasFocus())) return true;
        const selection = resolveFocusPosition(tr.doc, position);
        if (selection && !selection.eq(tr.selection)) tr.setSelection(selection);
        // After the transaction of this chain and what React draws for the same click, but before the next key.
        queueMicrotask(() => {
          if (editor.isDestroyed) return;
          view.focus();
          if (scrollIntoView) editor.commands.scrollIntoView();
        });
        return true;
      },
  }),
});
