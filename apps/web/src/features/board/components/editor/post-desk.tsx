"use client";
import type { BoardView, DraftView, PostView } from "@maru/api/board/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAccount } from "../../../../shell/account";
import { QueryError } from "../../../../shell/states/query-error";
import { showToast } from "../../../../shell/toast/toast-store";
import { useTRPC } from "../../../../trpc/client";
import { chooseStart, type PublishedText, type ServerDraft } from "../../hooks/draft-start";
import { readLocalDraft, sweepLocalDrafts } from "../../hooks/local-draft";
import { PostForm } from "./post-form";

type PostDeskProps = { readonly board: BoardView; readonly post: PostView | null; readonly onThrownAway: () => void };

const toServerDraft = (draft: DraftView | null): ServerDraft | null =>
  draft && {
    title: draft.title,
    body: draft.body,
    attachments: draft.files.filter((file) => draft.attachmentIds.includes(file.id)),
    baseVersion: draft.baseVersion,
    savedAt: draft.savedAt,
  };

const toPublished = (post: PostView | null): PublishedText | null =>
  post && { title: post.title, body: post.body, attachments: post.files.filter((file) => !file.isInline), version: post.version };

/** Finds what was being written here, and opens the form with it. */
export const PostDesk = ({ board, post, onThrownAway }: PostDeskProps) => {
  const t = useTranslations("board.editor");
  const trpc = useTRPC();
  const place = { boardId: board.id, ...(post ? { postId: post.id } : {}) };
  // Never from the cache: a draft that was written on since would look like somebody else's.
  const draft = useQuery({
    ...trpc.board.findDraft.queryOptions(place),
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
  });
  if (draft.isError && draft.data === undefined) return <QueryError error={draft.error} onRetry={() => void draft.refetch()} />;
  if (draft.data === undefined || !draft.isFetchedAfterMount) return <SkeletonList shape="cards" count={5} label={t("loading")} />;
  return <OpenDesk board={board} post={post} draft={draft.data} onThrownAway={onThrownAway} />;
};

const OpenDesk = ({ board, post, draft, onThrownAway }: PostDeskProps & { readonly draft: DraftView | null }) => {
  const t = useTranslations("board.editor");
  const router = useRouter();
  const { person } = useAccount();
  const [begin] = useState(() => {
    sweepLocalDrafts(person.id, new Date());
    const local = readLocalDraft({ personId: person.id, boardId: board.id, postId: post?.id ?? null });
    return {
      start: chooseStart({ server: toServerDraft(draft), local, post: toPublished(post) }),
      known: [...(post?.files ?? []), ...(draft?.files ?? [])],
      post: post && { id: post.id, version: post.version },
    };
  });
  const here = `/boards/${board.slug}`;
  return (
    <PostForm
      board={board}
      {...begin}
      onThrownAway={onThrownAway}
      onPublished={(id) => {
        showToast({ title: t(post ? "edited" : "published"), tone: "done" });
        // The router leaves a page that is scrolled only a little where it is; the head of the new one would stand under the frame's.
        window.scrollTo({ top: 0 });
        router.push(`${here}/${id}`);
      }}
      cancelHref={post ? `${here}/${post.id}` : here}
    />
  );
};
