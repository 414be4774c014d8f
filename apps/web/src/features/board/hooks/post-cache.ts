import type { PostPageView, PostSummaryView, PostView, RecentPostView } from "@maru/api/board/contract";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { useTRPC } from "../../../trpc/client";

type Trpc = ReturnType<typeof useTRPC>;
export type PostPatch = Partial<Pick<PostSummaryView, "isRead" | "commentCount" | "likeCount">>;

const patched = <Post extends PostSummaryView>(posts: Post[], id: string, change: (post: PostSummaryView) => PostPatch): Post[] =>
  posts.some((post) => post.id === id) ? posts.map((post) => (post.id === id ? { ...post, ...change(post) } : post)) : posts;

/** Brings what the lists show of a post into step with what its page has just learned, without asking for the lists again. */
export const patchPostInLists = (queryClient: QueryClient, trpc: Trpc, id: string, change: (post: PostSummaryView) => PostPatch): void => {
  queryClient.setQueriesData<InfiniteData<PostPageView>>(
    { queryKey: trpc.board.listPosts.pathKey() },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: patched(page.items, id, change) })) },
  );
  queryClient.setQueriesData<RecentPostView[]>(
    { queryKey: trpc.board.listRecentPosts.pathKey() },
    (posts) => posts && patched<RecentPostView>(posts, id, change),
  );
};

/** The same for the post's own page. */
export const patchPost = (
  queryClient: QueryClient,
  trpc: Trpc,
  id: string,
  change: (post: PostView) => Partial<PostView>,
): PostView | undefined => {
  const key = trpc.board.getPost.queryKey({ id });
  const before = queryClient.getQueryData(key);
  queryClient.setQueryData(key, (post) => post && { ...post, ...change(post) });
  return before;
};
