import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { postListQuery } from "../../../../features/board/hooks/post-list-query";
import { PostListScreen } from "../../../../features/board/screens/post-list-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

type Props = { readonly params: Promise<{ slug: string }> };

const readBoard = (slug: string) => {
  const { trpc, queryClient } = serverTrpc();
  return required(queryClient.fetchQuery(trpc.board.getBoard.queryOptions({ slug })));
};

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const [{ slug }, locale] = await Promise.all([params, getLocale()]);
  const board = await readBoard(slug);
  return { title: locale === "en" ? board.nameEn : board.name };
};

export default async function BoardPage({ params }: Props) {
  const { slug } = await params;
  const { trpc, queryClient } = serverTrpc();
  const board = await readBoard(slug);
  await queryClient.prefetchInfiniteQuery(postListQuery(trpc, board.id));
  return (
    <HydrateClient>
      <PostListScreen slug={slug} />
    </HydrateClient>
  );
}
