import type { useTRPC } from "../../../trpc/client";

type Trpc = ReturnType<typeof useTRPC>;

const PAGE = 20;
const COMMENT_PAGE = 50;

/** The posts of a board, page by page: the same question on the server and in the browser. */
export const postListQuery = (trpc: Trpc, boardId: string) =>
  trpc.board.listPosts.infiniteQueryOptions({ boardId, limit: PAGE }, { getNextPageParam: (page) => page.nextCursor });

/** The comments of a post, thread by thread. */
export const commentListQuery = (trpc: Trpc, postId: string) =>
  trpc.board.listComments.infiniteQueryOptions({ postId, limit: COMMENT_PAGE }, { getNextPageParam: (page) => page.nextCursor });
