import { getTranslations } from "next-intl/server";
import { PostEditorScreen } from "../../../../../../features/board/screens/post-editor-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

type Props = { readonly params: Promise<{ slug: string; postId: string }> };

export const generateMetadata = async () => ({ title: (await getTranslations("board.editor"))("editTitle") });

export default async function EditPostPage({ params }: Props) {
  const { slug, postId } = await params;
  const { trpc, queryClient } = serverTrpc();
  await Promise.all([
    required(queryClient.fetchQuery(trpc.board.getBoard.queryOptions({ slug }))),
    required(queryClient.fetchQuery(trpc.board.getPost.queryOptions({ id: postId }))),
  ]);
  return (
    <HydrateClient>
      <PostEditorScreen slug={slug} postId={postId} />
    </HydrateClient>
  );
}
