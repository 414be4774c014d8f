import { getTranslations } from "next-intl/server";
import { BoardListScreen } from "../../../features/board/screens/board-list-screen";
import { HydrateClient, required, serverTrpc } from "../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("board"))("title") });

export default async function BoardsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.board.listBoards.queryOptions({})));
  return (
    <HydrateClient>
      <BoardListScreen />
    </HydrateClient>
  );
}
