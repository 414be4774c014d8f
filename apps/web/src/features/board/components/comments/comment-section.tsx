"use client";
import { Button } from "@mantine/core";
import type { PostView } from "@maru/api/board/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "../../../../shell/states/query-error";
import { useAnchor } from "../../hooks/use-anchor";
import { type Thread, useComments } from "../../hooks/use-comments";
import type { RichText } from "../rich-text/document";
import { CommentItem } from "./comment-item";
import classes from "./comments.module.css";
import { LazyCommentEditor } from "./lazy-comment-editor";

/** What people say about a post. */
export const CommentSection = ({ post }: { readonly post: PostView }) => {
  const t = useTranslations("board.comments");
  const comments = useComments(post.id);
  const { list, threads, add } = comments;
  const markedId = useAnchor({
    prefix: "comment-",
    isReady: list.data !== undefined,
    isThere: (id) => comments.comments.some((comment) => comment.id === id),
    findMore: list.hasNextPage ? () => list.fetchNextPage() : null,
  });
  return (
    <section className={classes.section} aria-labelledby="comments-title" data-print="hidden">
      <h2 id="comments-title" className={classes.title}>
        {t("title", { count: post.commentCount })}
      </h2>
      {list.isPending ? <SkeletonList shape="cards" count={3} label={t("loading")} /> : null}
      {list.isError && threads.length === 0 ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data && threads.length === 0 ? <p className={classes.empty}>{t(post.can.comment ? "empty" : "emptyReadOnly")}</p> : null}
      {threads.length > 0 ? (
        <ol className={classes.list}>
          {threads.map((thread) => (
            <CommentThread
              key={thread.comment.id}
              postId={post.id}
              thread={thread}
              comments={comments}
              canReply={post.can.comment}
              markedId={markedId}
            />
          ))}
        </ol>
      ) : null}
      {list.hasNextPage ? (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("more")}
        </Button>
      ) : null}
      {post.can.comment ? (
        <LazyCommentEditor
          label={t("label")}
          submitLabel={t("submit")}
          isSending={add.isPending && add.variables.parentId === undefined}
          onSubmit={(body) => add.mutateAsync({ postId: post.id, body })}
        />
      ) : null}
    </section>
  );
};

type CommentThreadProps = {
  readonly postId: string;
  readonly thread: Thread;
  readonly comments: ReturnType<typeof useComments>;
  readonly canReply: boolean;
  readonly markedId: string | null;
};

const CommentThread = ({ postId, thread: { comment, replies }, comments, canReply, markedId }: CommentThreadProps) => {
  const t = useTranslations("board.comments");
  const [isReplying, setReplying] = useState(false);
  const reply = async (body: RichText) => {
    await comments.add.mutateAsync({ postId, parentId: comment.id, body });
    setReplying(false);
  };
  return (
    <CommentItem
      comment={comment}
      actions={comments}
      isMarked={markedId === comment.id}
      onReply={canReply && comment.parentId === null ? () => setReplying(true) : undefined}
    >
      {replies.length > 0 ? (
        <ol className={classes.replies} aria-label={t("replies")}>
          {replies.map((each) => (
            <CommentItem key={each.id} comment={each} actions={comments} isMarked={markedId === each.id} />
          ))}
        </ol>
      ) : null}
      {isReplying ? (
        <div className={classes.replyEditor}>
          <LazyCommentEditor
            label={t("replyLabel")}
            submitLabel={t("submitReply")}
            isSending={comments.add.isPending && comments.add.variables.parentId === comment.id}
            hasFocus
            onSubmit={reply}
            onCancel={() => setReplying(false)}
          />
        </div>
      ) : null}
    </CommentItem>
  );
};
