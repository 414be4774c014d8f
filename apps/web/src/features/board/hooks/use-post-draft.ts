"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTRPC } from "../../../trpc/client";
import { DraftSaver, type DraftStatus } from "./draft-saver";
import { type DraftStart, type DraftText, isBlankText } from "./draft-start";
import { type DraftPlace, removeLocalDraft, writeLocalDraft } from "./local-draft";

const CLEAN: DraftStatus = { name: "clean" };

type PostDraftOptions = { readonly place: DraftPlace; readonly start: DraftStart; readonly read: () => DraftText };

/** The draft of a place while its editor is open: saved by itself, and written down at the last moment when the page goes away. */
export const usePostDraft = ({ place, start, read }: PostDraftOptions) => {
  const trpc = useTRPC();
  const save = useMutation(trpc.board.saveDraft.mutationOptions());
  const discard = useMutation(trpc.board.discardDraft.mutationOptions());
  const latest = useRef({ read, save: save.mutateAsync, discard: discard.mutateAsync });
  useEffect(() => {
    latest.current = { read, save: save.mutateAsync, discard: discard.mutateAsync };
  });
  const serverPlace = { boardId: place.boardId, ...(place.postId ? { postId: place.postId } : {}) };

  const [saver] = useState(
    () =>
      new DraftSaver({
        read: () => latest.current.read(),
        saveToServer: async (text, baseVersion) => {
          // An emptied page is no draft: the list of drafts would offer it again and again.
          if (!place.postId && isBlankText(text)) {
            await latest.current.discard(serverPlace);
            return null;
          }
          const { attachments, ...words } = text;
          const attachmentIds = attachments.map(({ id }) => id);
          return latest.current.save({ ...serverPlace, ...words, attachmentIds, ...(baseVersion ? { baseVersion } : {}) });
        },
        saveToBrowser: (draft) => writeLocalDraft(place, draft),
        baseVersion: start.baseVersion,
        continues: start.continues,
      }),
  );
  const status = useSyncExternalStore(saver.subscribe, saver.status, () => CLEAN);

  useEffect(() => {
    const onHide = () => void saver.flush();
    const onVisibility = () => {
      if (document.visibilityState === "hidden") onHide();
    };
    window.addEventListener("pagehide", onHide);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      window.removeEventListener("pagehide", onHide);
      document.removeEventListener("visibilitychange", onVisibility);
      onHide();
    };
  }, [saver]);

  /** The text was published; the server dropped its copy with the same stroke. */
  const forget = () => removeLocalDraft(place);
  /** The writer does not want the text. */
  const throwAway = async () => {
    await saver.stop();
    removeLocalDraft(place);
    await latest.current.discard(serverPlace);
  };

  return { saver, status, forget, throwAway };
};
