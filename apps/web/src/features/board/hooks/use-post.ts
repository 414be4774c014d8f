"use client";
import type { PostView } from "@maru/api/board/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { lookAgainAfter } from "../../files/hooks/use-file";
import { setDeletedPost } from "./deleted-post";
import { patchPost, patchPostInLists } from "./post-cache";

const hasPendingPicture = (post: PostView | undefined) => post?.files.some((file) => file.state === "PENDING") ?? false;

/** A post; while the worker still makes its pictures it is looked at again, so that they appear without a reload. */
export const usePost = (id: string) => {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.board.getPost.queryOptions({ id }),
    refetchInterval: ({ state }) => lookAgainAfter(hasPendingPicture(state.data), state.dataUpdateCount),
  });
};

/** Tells the server, once, that the post was read, and takes its mark off the lists. */
export const useMarkRead = (id: string) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(trpc.board.markPostRead.mutationOptions());
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (told.current === id) return;
    told.current = id;
    mutate(
      { id },
      {
        onSuccess: () => {
          patchPostInLists(queryClient, trpc, id, () => ({ isRead: true }));
          // Only the server knows whether this visit counted as a view.
          void queryClient.invalidateQueries({ queryKey: trpc.board.getPost.queryKey({ id }) });
        },
      },
    );
  }, [id, mutate, queryClient, trpc]);
};

/** Shows what was refused in a toast. */
export const useRefusalToast = () => {
  const errorText = useErrorText();
  return (error: unknown) => {
    const { title, description } = errorText(error);
    showToast({ title, message: description, tone: "wrong" });
  };
};

/** Likes a post, or takes it back: shown at once, undone when the server refuses. */
export const useLike = (post: PostView) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refuse = useRefusalToast();
  const like = useMutation(
    trpc.board.setPostLike.mutationOptions({
      onMutate: async ({ id, isLiked = true }) => {
        await queryClient.cancelQueries({ queryKey: trpc.board.getPost.queryKey({ id }) });
        return patchPost(queryClient, trpc, id, ({ likeCount }) => ({ isLiked, likeCount: Math.max(0, likeCount + (isLiked ? 1 : -1)) }));
      },
      onError: (error, { id }, before) => {
        if (before) patchPost(queryClient, trpc, id, () => ({ isLiked: before.isLiked, likeCount: before.likeCount }));
        refuse(error);
      },
      onSuccess: (answer, { id }) => {
        patchPost(queryClient, trpc, id, () => answer);
        patchPostInLists(queryClient, trpc, id, () => ({ likeCount: answer.likeCount }));
      },
    }),
  );
  return { toggle: () => like.mutate({ id: post.id, isLiked: !post.isLiked }), isPending: like.isPending };
};

/** Moves a post to the trash; the list that follows offers the way back. */
export const useDeletePost = (post: PostView, onDeleted: () => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refuse = useRefusalToast();
  return useMutation(
    trpc.board.deletePost.mutationOptions({
      onSuccess: () => {
        setDeletedPost({ id: post.id, title: post.title, boardId: post.boardId });
        void queryClient.invalidateQueries({ queryKey: trpc.board.listPosts.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.board.listRecentPosts.pathKey() });
        onDeleted();
      },
      onError: refuse,
    }),
  );
};
