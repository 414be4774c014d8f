import { getTranslations } from "next-intl/server";
import { TrashScreen } from "../../../../../features/board/screens/trash-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

type Props = { readonly params: Promise<{ slug: string }> };

export const generateMetadata = async () => ({ title: (await getTranslations("board.trash"))("title") });

export default async function TrashPage({ params }: Props) {
  const { slug } = await params;
  const { trpc, queryClient } = serverTrpc();
  const board = await required(queryClient.fetchQuery(trpc.board.getBoard.queryOptions({ slug })));
  await queryClient.prefetchQuery(trpc.board.listTrash.queryOptions({ boardId: board.id }));
  return (
    <HydrateClient>
      <TrashScreen slug={slug} />
    </HydrateClient>
  );
}
