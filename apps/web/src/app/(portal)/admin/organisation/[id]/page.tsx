import { ReorganisationScreen } from "../../../../../features/reorganisation/screens/reorganisation-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

type ReorganisationPageProps = { readonly params: Promise<{ id: string }> };

const read = async (params: ReorganisationPageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.directory.getReorganisation.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: ReorganisationPageProps) => ({ title: (await read(params)).name });

export default async function ReorganisationPage({ params }: ReorganisationPageProps) {
  const { id } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({}));
  return (
    <HydrateClient>
      <ReorganisationScreen id={id} />
    </HydrateClient>
  );
}
