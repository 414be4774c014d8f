import { getTranslations } from "next-intl/server";
import { PrivacyScreen } from "../../../../features/privacy/screens/privacy-screen";
import { HydrateClient, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("privacy"))("title") });

export default async function PrivacyPage() {
  const { trpc, queryClient } = serverTrpc();
  await Promise.all([
    queryClient.prefetchQuery(trpc.privacy.getExport.queryOptions()),
    queryClient.prefetchQuery(trpc.privacy.listConsents.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <PrivacyScreen />
    </HydrateClient>
  );
}
