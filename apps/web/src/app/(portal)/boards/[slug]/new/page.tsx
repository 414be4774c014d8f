import { getTranslations } from "next-intl/server";
import { PostEditorScreen } from "../../../../../features/board/screens/post-editor-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

type Props = { readonly params: Promise<{ slug: string }> };

export const generateMetadata = async () => ({ title: (await getTranslations("board.editor"))("newTitle") });

export default async function NewPostPage({ params }: Props) {
  const { slug } = await params;
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.board.getBoard.queryOptions({ slug })));
  return (
    <HydrateClient>
      <PostEditorScreen slug={slug} />
    </HydrateClient>
  );
}
