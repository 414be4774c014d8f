"use client";
import { VisuallyHidden } from "@mantine/core";
import type { PostSummaryView } from "@maru/api/board/contract";
import { IconMessageCircle, IconPaperclip, IconPin } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import classes from "./post-title-cell.module.css";

type PostTitleCellProps = { readonly post: PostSummaryView; readonly href: string; readonly onOpen?: () => void };

/** A post's title as lists show it: unread in weight, a dot and a word; pinned, with files, with comments. */
export const PostTitleCell = ({ post, href, onOpen }: PostTitleCellProps) => {
  const t = useTranslations("board.list");
  return (
    <span className={classes.cell}>
      {post.isPinned ? (
        <span className={classes.pin}>
          <IconPin size={14} stroke={1.75} aria-hidden />
          {t("pinned")}
        </span>
      ) : null}
      {post.isRead ? null : (
        <>
          <span className={classes.dot} aria-hidden />
          <VisuallyHidden>{t("unread")}</VisuallyHidden>
        </>
      )}
      <Link
        className={classes.link}
        href={href}
        prefetch={false}
        data-unread={!post.isRead || undefined}
        data-post={post.id}
        onClick={onOpen}
      >
        {post.title}
      </Link>
      {post.attachmentCount > 0 ? (
        <span className={classes.sign} title={t("attachments", { count: post.attachmentCount })}>
          <IconPaperclip size={16} stroke={1.5} aria-hidden />
          <VisuallyHidden>{t("attachments", { count: post.attachmentCount })}</VisuallyHidden>
        </span>
      ) : null}
      {post.commentCount > 0 ? (
        <span className={classes.count}>
          <IconMessageCircle size={14} stroke={1.5} aria-hidden />
          <VisuallyHidden>{t("comments")} </VisuallyHidden>
          {post.commentCount}
        </span>
      ) : null}
    </span>
  );
};
