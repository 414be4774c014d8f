"use client";
import type { RecentPostView } from "@maru/api/board/contract";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import type { UseQueryResult } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { PostTitleCell } from "../components/post-title-cell";
import { useBoardName } from "../hooks/use-board-name";
import classes from "./post-portlet.module.css";

type PostPortletProps = {
  readonly title: string;
  readonly empty: { readonly title: string; readonly description: string };
  readonly posts: UseQueryResult<RecentPostView[], unknown>;
};

/** A window on posts for the home page: title, board, author and time in one line each. */
export const PostPortlet = ({ title, empty, posts }: PostPortletProps) => {
  const t = useTranslations("board");
  return (
    <PortletCard title={title} href="/boards" isFlush>
      {posts.isPending ? <SkeletonList shape="rows" count={5} label={t("loading")} /> : null}
      {posts.isError && !posts.data ? <QueryError error={posts.error} onRetry={() => void posts.refetch()} headingLevel={3} /> : null}
      {posts.data?.length === 0 ? <EmptyState {...empty} headingLevel={3} /> : null}
      {posts.data && posts.data.length > 0 ? (
        <ul className={classes.list}>
          {posts.data.map((post) => (
            <PortletPost key={post.id} post={post} />
          ))}
        </ul>
      ) : null}
    </PortletCard>
  );
};

const PortletPost = ({ post }: { readonly post: RecentPostView }) => {
  const locale = useLocale();
  const nameOf = useBoardName();
  return (
    <li className={classes.post}>
      <PostTitleCell post={{ ...post, isPinned: false }} href={`/boards/${post.boardSlug}/${post.id}`} />
      <span className={classes.facts}>
        <span className={classes.board}>{nameOf({ name: post.boardName, nameEn: post.boardNameEn })}</span>
        <PersonLabel person={post.author} />
        <DateTime iso={post.publishedAt} locale={locale} form="relative" />
      </span>
    </li>
  );
};
