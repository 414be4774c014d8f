import { getTranslations } from "next-intl/server";
import { ReorganisationsScreen } from "../../../../features/reorganisation/screens/reorganisations-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("reorganisation"))("title") });

export default async function ReorganisationsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(
    queryClient.fetchInfiniteQuery(
      trpc.directory.listReorganisations.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
    ),
  );
  return (
    <HydrateClient>
      <ReorganisationsScreen />
    </HydrateClient>
  );
}
