import { getTranslations } from "next-intl/server";
import { SyncScreen } from "../../../../features/sync/screens/sync-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("sync"))("title") });

export default async function SyncPage() {
  const { trpc, queryClient } = serverTrpc();
  const sources = await required(queryClient.fetchQuery(trpc.sync.listSources.queryOptions({})));
  await Promise.all([
    queryClient.prefetchInfiniteQuery(trpc.sync.listRuns.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor })),
    ...sources.map(({ id }) => queryClient.prefetchQuery(trpc.sync.listRuns.queryOptions({ sourceId: id, limit: 1 }))),
  ]);
  return (
    <HydrateClient>
      <SyncScreen />
    </HydrateClient>
  );
}
