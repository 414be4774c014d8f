import { SourceScreen } from "../../../../../../features/sync/screens/source-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

type SourcePageProps = { readonly params: Promise<{ id: string }> };

const read = async (params: SourcePageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.sync.getSource.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: SourcePageProps) => ({ title: (await read(params)).name });

export default async function SourcePage({ params }: SourcePageProps) {
  const { id } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({}));
  return (
    <HydrateClient>
      <SourceScreen id={id} />
    </HydrateClient>
  );
}
