import { getTranslations } from "next-intl/server";
import { SecurityScreen } from "../../../../features/account/screens/security-screen";
import { HydrateClient, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("account.security"))("title") });

export default async function SecurityPage() {
  const { trpc, queryClient } = serverTrpc();
  await Promise.all([
    queryClient.prefetchQuery(trpc.factor.listFactors.queryOptions()),
    queryClient.prefetchQuery(trpc.federation.listIdentities.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <SecurityScreen />
    </HydrateClient>
  );
}
