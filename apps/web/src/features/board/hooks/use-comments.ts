"use client";
import type { CommentPageView, CommentView } from "@maru/api/board/contract";
import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc/client";
import { patchPost, patchPostInLists } from "./post-cache";
import { commentListQuery } from "./post-list-query";
import { useRefusalToast } from "./use-post";

export type Thread = { readonly comment: CommentView; readonly replies: readonly CommentView[] };

/** Comments come thread by thread; a reply follows its comment. A reply whose comment is not there stands by itself. */
export const toThreads = (comments: readonly CommentView[]): Thread[] => {
  const threads: { comment: CommentView; replies: CommentView[] }[] = [];
  const byId = new Map<string, { replies: CommentView[] }>();
  for (const comment of comments) {
    const parent = comment.parentId === null ? undefined : byId.get(comment.parentId);
    if (parent) parent.replies.push(comment);
    else {
      const thread = { comment, replies: [] };
      threads.push(thread);
      byId.set(comment.id, thread);
    }
  }
  return threads;
};

/** A new comment where it belongs: behind the last reply of its thread, or at the end. */
export const insertComment = (comments: readonly CommentView[], added: CommentView): CommentView[] => {
  if (comments.some(({ id }) => id === added.id)) return [...comments];
  const last = comments.findLastIndex(
    ({ id, parentId }) => added.parentId !== null && (id === added.parentId || parentId === added.parentId),
  );
  return last === -1 ? [...comments, added] : [...comments.slice(0, last + 1), added, ...comments.slice(last + 1)];
};

type Pages = InfiniteData<CommentPageView>;

const withAdded = (pages: Pages, added: CommentView): Pages => {
  const home = pages.pages.findLastIndex((page) => page.items.some(({ id }) => id === added.parentId));
  const target = home === -1 ? pages.pages.length - 1 : home;
  return { ...pages, pages: pages.pages.map((page, at) => (at === target ? { ...page, items: insertComment(page.items, added) } : page)) };
};

/** The comments of a post, and what can be done with them. */
export const useComments = (postId: string) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refuse = useRefusalToast();
  const query = commentListQuery(trpc, postId);
  const list = useInfiniteQuery(query);
  const change = (update: (pages: Pages) => Pages) => queryClient.setQueryData<Pages>(query.queryKey, (pages) => pages && update(pages));
  const count = (by: number) => {
    patchPost(queryClient, trpc, postId, ({ commentCount }) => ({ commentCount: Math.max(0, commentCount + by) }));
    patchPostInLists(queryClient, trpc, postId, ({ commentCount }) => ({ commentCount: Math.max(0, commentCount + by) }));
  };

  const add = useMutation(
    trpc.board.addComment.mutationOptions({
      onSuccess: (added) => {
        change((pages) => withAdded(pages, added));
        count(1);
      },
      onError: refuse,
    }),
  );
  const edit = useMutation(
    trpc.board.editComment.mutationOptions({
      onSuccess: (edited) =>
        change((pages) => ({
          ...pages,
          pages: pages.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === edited.id ? edited : item)) })),
        })),
    }),
  );
  const remove = useMutation(
    trpc.board.deleteComment.mutationOptions({
      onSuccess: async () => {
        count(-1);
        await queryClient.invalidateQueries({ queryKey: query.queryKey });
      },
      onError: refuse,
    }),
  );
  const comments = list.data?.pages.flatMap((page) => page.items) ?? [];
  return { list, threads: toThreads(comments), comments, add, edit, remove };
};
