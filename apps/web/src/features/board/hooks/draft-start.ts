import type { FileView } from "@maru/api/files/contract";
import { isBlank, type RichText } from "../components/rich-text/document";

/** What an editor holds: everything that must not be lost. */
export type DraftText = {
  readonly title: string;
  readonly body: RichText;
  /** Whole views, so that a copy in the browser can be shown without asking the server. */
  readonly attachments: readonly FileView[];
};

/** The copy that this browser keeps, written with every few strokes. */
export type LocalDraft = DraftText & {
  readonly baseVersion: number | null;
  readonly savedAt: string;
  /** The server's copy that this one continues; null when the server had none. */
  readonly continues: string | null;
  /** Whether the server has exactly this text. */
  readonly isSynced: boolean;
};

/** The copy that the server keeps, the same in every browser of the person. */
export type ServerDraft = DraftText & { readonly baseVersion: number | null; readonly savedAt: string };

/** The post as it is published, when an existing one is edited. */
export type PublishedText = DraftText & { readonly version: number };

export type DraftStart = {
  readonly source: "nothing" | "post" | "server" | "browser";
  readonly text: DraftText;
  readonly baseVersion: number | null;
  /** When the restored text was saved; null where nothing was restored. */
  readonly savedAt: string | null;
  /** The server's copy that the first save continues. */
  readonly continues: string | null;
  /** Another text of the same person that would otherwise be lost. */
  readonly other: { readonly source: "server" | "browser"; readonly text: DraftText; readonly savedAt: string } | null;
};

const NOTHING: DraftText = { title: "", body: { type: "doc", content: [{ type: "paragraph" }] }, attachments: [] };

export const isBlankText = (text: DraftText): boolean => text.title.trim() === "" && text.attachments.length === 0 && isBlank(text.body);

const fingerprint = ({ title, body, attachments }: DraftText) => JSON.stringify([title, body, attachments.map(({ id }) => id)]);
export const isSameText = (a: DraftText, b: DraftText): boolean => fingerprint(a) === fingerprint(b);

/**
 * Which text an editor opens with. The browser's copy wins only where it goes on from the server's; where both went on from the same place
 * (another device, a lost connection) the server's opens, because the clocks of two machines cannot be compared, and the browser's copy is
 * offered beside it. Nothing that somebody wrote is dropped without a word.
 */
export const chooseStart = (found: { server: ServerDraft | null; local: LocalDraft | null; post: PublishedText | null }): DraftStart => {
  const { post } = found;
  const server = found.server && isWorthKeeping(found.server, post) ? found.server : null;
  const local = found.local && isWorthKeeping(found.local, post) ? found.local : null;
  const fromServer = server && {
    source: "server" as const,
    text: server,
    baseVersion: server.baseVersion ?? post?.version ?? null,
    savedAt: server.savedAt,
    continues: server.savedAt,
  };
  const fromBrowser = local && {
    source: "browser" as const,
    text: local,
    baseVersion: local.baseVersion ?? post?.version ?? null,
    savedAt: local.savedAt,
    continues: found.server?.savedAt ?? null,
  };

  if (fromServer && fromBrowser && local && !local.isSynced && !isSameText(server, local)) {
    if (local.continues === server.savedAt) return { ...fromBrowser, other: null };
    return { ...fromServer, other: { source: "browser", text: local, savedAt: local.savedAt } };
  }
  if (fromServer) return { ...fromServer, other: null };
  // The server's copy is gone: published or thrown away, here or elsewhere. What it had seen went with it; what it had not, stays.
  if (fromBrowser && local && !local.isSynced) return { ...fromBrowser, other: null };
  if (post) return { source: "post", text: post, baseVersion: post.version, savedAt: null, continues: null, other: null };
  return { source: "nothing", text: NOTHING, baseVersion: null, savedAt: null, continues: null, other: null };
};

const isWorthKeeping = (text: DraftText, post: PublishedText | null): boolean => (post ? !isSameText(text, post) : !isBlankText(text));
