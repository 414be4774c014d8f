"use client";
import type { PostSummaryView } from "@maru/api/board/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconEye, IconHeart } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import classes from "./post-table.module.css";
import { PostTitleCell } from "./post-title-cell";

type PostTableProps = {
  readonly label: string;
  readonly posts: readonly PostSummaryView[];
  readonly hrefOf: (post: PostSummaryView) => string;
  /** The post that takes the focus when it appears: the first of a page that was just asked for, or the one that was read last. */
  readonly focusId: string | null;
  readonly onOpen: (post: PostSummaryView) => void;
};

/** Arrow keys walk from title to title, as in a mail program. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || !(event.target instanceof HTMLElement) || !event.target.dataset.post) return;
  const titles = [...event.currentTarget.querySelectorAll<HTMLElement>("a[data-post]")];
  const next = titles[titles.indexOf(event.target) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
};

// A plain table: the component library's brings its scroll area along, the largest single part of this page that nobody would see.
/** The posts of a board: a table with rows of one height, on a phone a card for each. */
export const PostTable = ({ label, posts, hrefOf, focusId, onOpen }: PostTableProps) => {
  const t = useTranslations("board.list");
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (focusId) body.current?.querySelector<HTMLElement>(`a[data-post="${CSS.escape(focusId)}"]`)?.focus({ preventScroll: true });
  }, [focusId]);
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("postTitle")}</th>
          <th scope="col" className={classes.author}>
            {t("author")}
          </th>
          <th scope="col" className={classes.date}>
            {t("date")}
          </th>
          <th scope="col" className={classes.number}>
            {t("views")}
          </th>
          <th scope="col" className={classes.number}>
            {t("likes")}
          </th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={walk}>
        {posts.map((post) => (
          <PostRow key={post.id} post={post} href={hrefOf(post)} onOpen={() => onOpen(post)} />
        ))}
      </tbody>
    </table>
  );
};

type PostRowProps = { readonly post: PostSummaryView; readonly href: string; readonly onOpen: () => void };

const PostRow = ({ post, href, onOpen }: PostRowProps) => {
  const t = useTranslations("board.list");
  const locale = useLocale();
  return (
    <tr className={classes.row}>
      <td className={classes.title}>
        <PostTitleCell post={post} href={href} onOpen={onOpen} />
      </td>
      <td className={classes.author}>
        <PersonLabel person={post.author} />
      </td>
      <td className={classes.date}>
        <DateTime iso={post.publishedAt} locale={locale} />
      </td>
      <td className={classes.number}>
        <IconEye className={classes.onCard} size={14} stroke={1.5} role="img" aria-label={t("views")} />
        {post.viewCount}
      </td>
      <td className={classes.number}>
        <IconHeart className={classes.onCard} size={14} stroke={1.5} role="img" aria-label={t("likes")} />
        {post.likeCount}
      </td>
    </tr>
  );
};
