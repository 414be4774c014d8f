import { mergeAttributes } from "@tiptap/core";
import { Mention as BaseMention } from "@tiptap/extension-mention";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { ComposedKeys } from "./composed-keys";
import type { MentionBridge, MentionChoice } from "./mention-session";

/** A list that is open takes its keys before the editor does, also those that are pressed inside a composition. */
const composedKeysPlugin = (bridge: MentionBridge) => {
  const keys = new ComposedKeys();
  return new Plugin({
    key: new PluginKey("composedMentionKeys"),
    props: {
      handleDOMEvents: {
        keydown: (_view, event) => {
          if (!bridge.snapshot()) return false;
          const verdict = keys.read(event);
          if (verdict.kind === "plain") return false;
          event.preventDefault();
          if (verdict.kind === "composed") bridge.press(verdict.key);
          return true;
        },
      },
    },
  });
};

/** A mention keeps a person's id and the name as it was written: no more than the contract stores. */
export const mentionExtension = (bridge: MentionBridge) =>
  BaseMention.extend({
    addAttributes() {
      return {
        id: { default: null, parseHTML: (element) => element.getAttribute("data-id") },
        label: { default: null, parseHTML: (element) => element.getAttribute("data-label") },
      };
    },
    renderHTML({ node }) {
      const attributes = mergeAttributes({ "data-type": "mention", "data-id": node.attrs.id, "data-label": node.attrs.label });
      return ["span", attributes, `@${node.attrs.label}`];
    },
    renderText({ node }) {
      return `@${node.attrs.label}`;
    },
    addProseMirrorPlugins() {
      return [composedKeysPlugin(bridge), ...(this.parent?.() ?? [])];
    },
  }).configure({
    suggestion: {
      char: "@",
      allowedPrefixes: [" ", "(", "\u00a0"],
      decorationClass: "maru-mention-query",
      command: ({ editor, range, props }) => {
        const choice = props as MentionChoice;
        const mention = { type: "mention", attrs: { id: choice.id, label: choice.label } };
        editor
          .chain()
          .focus()
          .insertContentAt(range, [mention, { type: "text", text: " " }])
          .run();
      },
      render: () => ({
        onStart: (props) => bridge.update(props),
        onUpdate: (props) => bridge.update(props),
        onKeyDown: ({ event }) => bridge.press(event.key),
        onExit: () => bridge.update(null),
      }),
    },
  });
