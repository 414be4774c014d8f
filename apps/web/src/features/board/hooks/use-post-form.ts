"use client";
import type { BoardView } from "@maru/api/board/contract";
import type { FileView } from "@maru/api/files/contract";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useAccount } from "../../../shell/account";
import type { DraftStart } from "./draft-start";
import { useLeaveGuard } from "./use-leave-guard";
import { usePostDraft } from "./use-post-draft";
import { usePostFiles } from "./use-post-files";
import { type Publishable, usePublish } from "./use-publish";
import { toPublishable, useSubmission } from "./use-submission";
import { useWriting } from "./use-writing";

type PostFormOptions = {
  readonly board: BoardView;
  readonly postId: string | null;
  readonly start: DraftStart;
  readonly known: readonly FileView[];
  readonly onPublished: (postId: string) => void;
};

/** The text, its files and its draft: what somebody writes, and that it is kept. */
const useDesk = ({ board, postId, start, known }: PostFormOptions) => {
  const account = useAccount();
  const writing = useWriting(start);
  const hasTouched = useRef(start.savedAt !== null);
  const files = usePostFiles({ initial: start.text.attachments, known, editor: writing.editor, onChange: () => touch() });
  const read = () => writing.read(files.attachments.current.current);
  const draft = usePostDraft({ place: { personId: account.person.id, boardId: board.id, postId }, start, read });
  const touch = () => {
    if (!hasTouched.current && !writing.hasChanged(files.attachments.current.current)) return;
    hasTouched.current = true;
    draft.saver.touch();
  };
  return { writing, files, draft, read, touch };
};

/** Everything behind the form of a post: the desk, publishing what lies on it, and two people at once. */
export const usePostForm = (options: PostFormOptions) => {
  const { board, postId, start, onPublished } = options;
  const router = useRouter();
  const desk = useDesk(options);
  const { writing, files, draft, read } = desk;
  const [baseVersion, setBaseVersion] = useState(start.baseVersion);
  const [isDone, setDone] = useState(false);
  const publish = usePublish({
    boardId: board.id,
    post: postId ? { id: postId } : null,
    onPublished: ({ id }) => {
      setDone(true);
      draft.forget();
      onPublished(id);
    },
  });
  const send = (text: Publishable, version: number | null) => void draft.saver.stop().then(() => publish.send(text, version));
  const pendingCount = files.countPending();
  const counts = { pendingCount, failedCount: files.countFailed() };
  const submission = useSubmission({ boardId: board.id, read, ...counts, send: (text) => send(text, baseVersion) });

  const { error, conflict } = publish;
  const { saver } = draft;
  useEffect(() => {
    if (error || conflict) saver.resume();
  }, [error, conflict, saver]);

  const goOnFrom = (version: number) => {
    setBaseVersion(version);
    saver.rebase(version);
    publish.clearConflict();
  };
  const touch = () => {
    submission.clearObstacle();
    desk.touch();
  };
  return {
    ...desk,
    ...submission,
    touch,
    publish,
    pendingCount,
    guard: useLeaveGuard(!isDone && (pendingCount > 0 || draft.status.name === "failed")),
    keepMine: () => {
      if (!conflict) return;
      goOnFrom(conflict.version);
      send(toPublishable(read()), conflict.version);
    },
    takeTheirs: () => {
      if (!conflict) return;
      writing.replace(conflict);
      goOnFrom(conflict.version);
      touch();
    },
    takeOther: () => {
      if (!start.other) return;
      writing.replace(start.other.text);
      files.attachments.replace(start.other.text.attachments);
    },
    leaveTo: (path: string) => router.push(path),
  };
};
