import type { Metadata } from "next";
import { commentListQuery } from "../../../../../features/board/hooks/post-list-query";
import { PostScreen } from "../../../../../features/board/screens/post-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

type Props = { readonly params: Promise<{ slug: string; postId: string }> };

const readPost = (id: string) => {
  const { trpc, queryClient } = serverTrpc();
  return required(queryClient.fetchQuery(trpc.board.getPost.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { postId } = await params;
  return { title: (await readPost(postId)).title };
};

export default async function PostPage({ params }: Props) {
  const { postId } = await params;
  const { trpc, queryClient } = serverTrpc();
  await Promise.all([readPost(postId), queryClient.prefetchInfiniteQuery(commentListQuery(trpc, postId))]);
  return (
    <HydrateClient>
      <PostScreen id={postId} />
    </HydrateClient>
  );
}
