"use client";
import { Button } from "@mantine/core";
import type { PostView } from "@maru/api/board/contract";
import { DateTime } from "@maru/ui/date-time";
import { LikeButton } from "@maru/ui/like-button";
import { PageHeader } from "@maru/ui/page-header";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconArrowLeft, IconEye, IconPencil, IconTrash } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { PersonLabel } from "../../../shell/person/person-label";
import { QueryError } from "../../../shell/states/query-error";
import { CommentSection } from "../components/comments/comment-section";
import { PostBody } from "../components/post-body";
import { useBoardName } from "../hooks/use-board-name";
import { useDeletePost, useLike, useMarkRead, usePost } from "../hooks/use-post";
import classes from "./post-screen.module.css";

/** A post with its comments. */
export const PostScreen = ({ id }: { readonly id: string }) => {
  const t = useTranslations("board");
  const post = usePost(id);
  if (post.data) return <OpenPost post={post.data} />;
  if (post.isError) return <QueryError error={post.error} onRetry={() => void post.refetch()} />;
  return <SkeletonList shape="cards" count={4} label={t("loading")} />;
};

const OpenPost = ({ post }: { readonly post: PostView }) => {
  const t = useTranslations("board");
  const nameOf = useBoardName();
  const boardName = nameOf({ name: post.boardName, nameEn: post.boardNameEn });
  const boardHref = `/boards/${post.boardSlug}`;
  const like = useLike(post);
  useMarkRead(post.id);
  return (
    <div className={classes.page}>
      <PageHeader
        title={post.title}
        breadcrumbs={
          <Breadcrumbs crumbs={[{ label: t("title"), href: "/boards" }, { label: boardName, href: boardHref }, { label: post.title }]} />
        }
        description={<Byline post={post} />}
        more={<PostActions post={post} boardHref={boardHref} />}
      />
      <div className={classes.paper}>
        <PostBody post={post} />
        <div className={classes.foot} data-print="hidden">
          <LikeButton
            isLiked={post.isLiked}
            count={post.likeCount}
            label={t("post.like")}
            onToggle={like.toggle}
            isDisabled={like.isPending}
          />
          <Button
            component={Link}
            href={boardHref}
            prefetch={false}
            variant="subtle"
            color="gray"
            leftSection={<IconArrowLeft size={16} stroke={1.5} aria-hidden />}
          >
            {t("post.toList")}
          </Button>
        </div>
      </div>
      <CommentSection post={post} />
    </div>
  );
};

const Byline = ({ post }: { readonly post: PostView }) => {
  const t = useTranslations("board.post");
  const locale = useLocale();
  return (
    <span className={classes.byline}>
      <PersonAvatar person={post.author} size={24} />
      <PersonLabel person={post.author} withDepartment />
      <span aria-hidden>·</span>
      <DateTime iso={post.publishedAt} locale={locale} />
      {post.editedAt ? (
        <span>
          ({t("edited")} <DateTime iso={post.editedAt} locale={locale} />)
        </span>
      ) : null}
      <span aria-hidden>·</span>
      <span className={classes.views}>
        <IconEye size={14} stroke={1.5} aria-hidden />
        {t("views", { count: post.viewCount })}
      </span>
    </span>
  );
};

const PostActions = ({ post, boardHref }: { readonly post: PostView; readonly boardHref: string }) => {
  const t = useTranslations("board.post");
  const router = useRouter();
  const remove = useDeletePost(post, () => router.push(boardHref));
  return (
    <>
      {post.can.edit ? (
        <Button
          component={Link}
          href={`${boardHref}/${post.id}/edit`}
          prefetch={false}
          variant="default"
          leftSection={<IconPencil size={16} stroke={1.5} aria-hidden />}
        >
          {t("edit")}
        </Button>
      ) : null}
      {post.can.delete ? (
        <Button
          variant="default"
          leftSection={<IconTrash size={16} stroke={1.5} aria-hidden />}
          onClick={() => remove.mutate({ id: post.id })}
          loading={remove.isPending || remove.isSuccess}
        >
          {t("delete")}
        </Button>
      ) : null}
    </>
  );
};
