import { saveDraftInput } from "@maru/api/board/contract";
import { fileView } from "@maru/api/files/contract";
import { z } from "zod";
import type { LocalDraft } from "./draft-start";

const PREFIX = "maru.draft.";
/** A copy that nobody came back for within this time is thrown away. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

const stored = z.object({
  title: saveDraftInput.shape.title,
  body: saveDraftInput.shape.body,
  attachments: z.array(fileView).max(50),
  baseVersion: z.number().nullable(),
  savedAt: z.iso.datetime(),
  continues: z.string().nullable(),
  isSynced: z.boolean(),
});

export type DraftPlace = { readonly personId: string; readonly boardId: string; readonly postId: string | null };

const keyOf = ({ personId, boardId, postId }: DraftPlace) => `${PREFIX}${personId}.${boardId}.${postId ?? "new"}`;

/** Storage may be full, forbidden or missing; a draft then lives on the server alone. */
const quietly = <T>(act: () => T): T | null => {
  try {
    return act();
  } catch {
    return null;
  }
};

const parse = (text: string | null): LocalDraft | null => {
  const read = text === null ? null : stored.safeParse(quietly(() => JSON.parse(text)));
  return read?.success ? read.data : null;
};

/** The browser's copy of a draft, or null when there is none that can be read. */
export const readLocalDraft = (place: DraftPlace): LocalDraft | null => parse(quietly(() => localStorage.getItem(keyOf(place))));

export const writeLocalDraft = (place: DraftPlace, draft: LocalDraft): void => {
  quietly(() => localStorage.setItem(keyOf(place), JSON.stringify(draft)));
};

export const removeLocalDraft = (place: DraftPlace): void => {
  quietly(() => localStorage.removeItem(keyOf(place)));
};

/** Throws away the copies of other people on this computer, and those that are too old. */
export const sweepLocalDrafts = (personId: string, now: Date): void => {
  quietly(() => {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      const draft = parse(localStorage.getItem(key));
      const isOld = !draft || now.getTime() - Date.parse(draft.savedAt) > KEPT_MS;
      // A copy of somebody else that the server has too is no loss to anybody, and her text is not this person's to read.
      if (isOld || (!key.startsWith(`${PREFIX}${personId}.`) && draft.isSynced)) localStorage.removeItem(key);
    }
  });
};
