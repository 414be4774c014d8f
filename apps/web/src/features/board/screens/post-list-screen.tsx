"use client";
import { ActionIcon, Button } from "@mantine/core";
import type { BoardView, PostSummaryView } from "@maru/api/board/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { PostTable } from "../components/post-table";
import { useDeletedPost } from "../hooks/deleted-post";
import { postListQuery } from "../hooks/post-list-query";
import { useBoardName } from "../hooks/use-board-name";
import classes from "./post-list-screen.module.css";

/** Few lists are opened right after a deletion; the others need not carry it. */
const DeletedNotice = dynamic(() => import("../components/deleted-notice").then((module) => module.DeletedNotice), { ssr: false });

/** The post that was opened last on each board: whoever comes back finds the cursor where it was. */
const lastOpened = new Map<string, string>();

/** The posts of a board. */
export const PostListScreen = ({ slug }: { readonly slug: string }) => {
  const t = useTranslations("board");
  const trpc = useTRPC();
  const board = useQuery(trpc.board.getBoard.queryOptions({ slug }));
  if (board.isError) return <QueryError error={board.error} onRetry={() => void board.refetch()} />;
  if (!board.data) return <SkeletonList shape="rows" count={12} label={t("loading")} />;
  return <BoardPosts board={board.data} />;
};

const BoardPosts = ({ board }: { readonly board: BoardView }) => {
  const t = useTranslations("board");
  const locale = useLocale();
  const name = useBoardName()(board);
  const here = `/boards/${board.slug}`;
  const deleted = useDeletedPost();
  const description = locale === "en" && board.descriptionEn ? board.descriptionEn : board.description;
  return (
    <>
      <PageHeader
        title={name}
        description={description}
        breadcrumbs={<Breadcrumbs crumbs={[{ label: t("title"), href: "/boards" }, { label: name }]} />}
        more={
          board.can.post ? (
            <ActionIcon
              component={Link}
              href={`${here}/trash`}
              prefetch={false}
              size={36}
              aria-label={t("trash.title")}
              title={t("trash.title")}
            >
              <IconTrash size={20} stroke={1.5} aria-hidden />
            </ActionIcon>
          ) : null
        }
        action={board.can.post ? <WriteButton href={`${here}/new`} /> : null}
      />
      {deleted?.boardId === board.id ? <DeletedNotice key={deleted.id} post={deleted} trashHref={`${here}/trash`} /> : null}
      <Posts board={board} name={name} />
    </>
  );
};

const Posts = ({ board, name }: { readonly board: BoardView; readonly name: string }) => {
  const t = useTranslations("board");
  const trpc = useTRPC();
  const here = `/boards/${board.slug}`;
  const list = useInfiniteQuery(postListQuery(trpc, board.id));
  const posts = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [focusId, setFocusId] = useState<string | null>(() => lastOpened.get(board.id) ?? null);
  const showMore = async () => {
    const { data } = await list.fetchNextPage();
    setFocusId(data?.pages.at(-1)?.items[0]?.id ?? null);
  };
  const hrefOf = (post: PostSummaryView) => `${here}/${post.id}`;

  if (list.isPending) return <SkeletonList shape="rows" count={12} label={t("loading")} />;
  if (list.isError && posts.length === 0) return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  if (posts.length === 0) {
    return (
      <EmptyState
        title={t("list.emptyTitle")}
        description={t(board.can.post ? "list.emptyDescription" : "list.emptyReadOnly")}
        action={board.can.post ? <WriteButton href={`${here}/new`} /> : undefined}
      />
    );
  }
  return (
    <>
      <PostTable label={name} posts={posts} hrefOf={hrefOf} focusId={focusId} onOpen={(post) => lastOpened.set(board.id, post.id)} />
      <div className={classes.foot}>
        {list.isFetchNextPageError ? <QueryError error={list.error} onRetry={showMore} /> : null}
        {list.hasNextPage && !list.isFetchNextPageError ? (
          <Button variant="default" onClick={showMore} loading={list.isFetchingNextPage}>
            {t("list.more")}
          </Button>
        ) : null}
        {list.hasNextPage ? null : <span className={classes.end}>{t("list.end")}</span>}
      </div>
    </>
  );
};

const WriteButton = ({ href }: { readonly href: string }) => {
  const t = useTranslations("board.list");
  return (
    <Button component={Link} href={href} prefetch={false} leftSection={<IconPencil size={18} stroke={1.5} aria-hidden />}>
      {t("write")}
    </Button>
  );
};
