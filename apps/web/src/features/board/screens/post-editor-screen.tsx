"use client";
import type { BoardView, PostView } from "@maru/api/board/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { NoPermissionState } from "@maru/ui/no-permission-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { useBoardName } from "../hooks/use-board-name";

const Loading = () => {
  const t = useTranslations("board");
  return <SkeletonList shape="cards" count={5} label={t("editor.loading")} />;
};

/** The editor is by far the heaviest part of the product: it is loaded by those who write. */
const PostDesk = dynamic(() => import("../components/editor/post-desk").then((module) => module.PostDesk), {
  ssr: false,
  loading: Loading,
});

type PostEditorScreenProps = { readonly slug: string; readonly postId?: string };

/** Writes a new post, or a new version of one. */
export const PostEditorScreen = ({ slug, postId }: PostEditorScreenProps) => {
  const trpc = useTRPC();
  const board = useQuery(trpc.board.getBoard.queryOptions({ slug }));
  // The version that an edit begins from is the one that stands now, not the one that was read a while ago.
  const post = useQuery({
    ...trpc.board.getPost.queryOptions({ id: postId ?? "" }),
    enabled: postId !== undefined,
    refetchOnMount: "always",
  });
  const error = board.error ?? post.error;
  if (error) return <QueryError error={error} onRetry={() => void (board.error ? board.refetch() : post.refetch())} />;
  if (!board.data) return <Loading />;
  const isReady = postId === undefined || (post.data !== undefined && post.isFetchedAfterMount);
  return <Desk board={board.data} post={post.data ?? null} isReady={isReady} />;
};

type DeskProps = { readonly board: BoardView; readonly post: PostView | null; readonly isReady: boolean };

const Desk = ({ board, post, isReady }: DeskProps) => {
  const t = useTranslations("board");
  const name = useBoardName()(board);
  const [round, setRound] = useState(0);
  const mayWrite = post ? post.can.edit : board.can.post;
  const title = t(post ? "editor.editTitle" : "editor.newTitle");
  const here = `/boards/${board.slug}`;
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={<Breadcrumbs crumbs={[{ label: t("title"), href: "/boards" }, { label: name, href: here }, { label: title }]} />}
      />
      {mayWrite || !isReady ? null : (
        <NoPermissionState title={t("editor.forbiddenTitle")} description={t("editor.forbiddenDescription")} />
      )}
      {mayWrite && isReady ? <PostDesk key={round} board={board} post={post} onThrownAway={() => setRound(round + 1)} /> : null}
      {isReady ? null : <Loading />}
      <noscript>
        <EmptyState title={t("editor.needsScript")} />
      </noscript>
    </>
  );
};
