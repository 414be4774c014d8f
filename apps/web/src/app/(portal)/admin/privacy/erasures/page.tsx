import { getTranslations } from "next-intl/server";
import { ErasuresScreen } from "../../../../../features/privacy/screens/erasures-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("privacy.erasures"))("title") });

export default async function ErasuresPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(
    queryClient.fetchInfiniteQuery(
      trpc.privacy.listErasures.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
    ),
  );
  return (
    <HydrateClient>
      <ErasuresScreen />
    </HydrateClient>
  );
}
