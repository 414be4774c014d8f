import { getTranslations } from "next-intl/server";
import { SourceDesk } from "../../../../../../features/sync/screens/source-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("sync.source"))("new") });

export default async function NewSourcePage() {
  const { trpc, queryClient } = serverTrpc();
  // Whoever may not read sources may not make one: the page says so before anything is typed.
  await required(queryClient.fetchQuery(trpc.sync.listSources.queryOptions({})));
  await queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({}));
  return (
    <HydrateClient>
      <SourceDesk stored={null} />
    </HydrateClient>
  );
}
