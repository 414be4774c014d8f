import type { Extensions } from "@tiptap/core";
import { Placeholder } from "@tiptap/extension-placeholder";
import { TableKit } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";
import { completeAddress, toLinkAddress } from "../rich-text/link-address";
import { FilePicture } from "./file-picture";
import { mentionExtension } from "./mention";
import type { MentionBridge } from "./mention-session";
import { QuickTyping } from "./quick-typing";

const LINK = {
  openOnClick: false,
  autolink: true,
  defaultProtocol: "https",
  // An address that the reader's page would not follow does not become a link while writing either.
  isAllowedUri: (address: string) => toLinkAddress(completeAddress(address)) !== null,
  HTMLAttributes: { target: null, rel: null, class: null },
};

type Parts = { readonly bridge: MentionBridge; readonly placeholder: string };

/** Everything that a post may hold; the names are those of the contract's allow-list. */
export const postExtensions = ({ bridge, placeholder }: Parts): Extensions => [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    link: LINK,
    dropcursor: { color: "var(--maru-accent)", width: 2 },
  }),
  TableKit.configure({ table: { resizable: true, lastColumnResizable: false } }),
  Placeholder.configure({ placeholder }),
  FilePicture,
  mentionExtension(bridge),
  QuickTyping,
];

/** A comment holds words, lists, links and mentions. */
export const commentExtensions = ({ bridge, placeholder }: Parts): Extensions => [
  StarterKit.configure({
    heading: false,
    blockquote: false,
    codeBlock: false,
    horizontalRule: false,
    trailingNode: false,
    dropcursor: false,
    gapcursor: false,
    link: LINK,
  }),
  Placeholder.configure({ placeholder }),
  mentionExtension(bridge),
  QuickTyping,
];
