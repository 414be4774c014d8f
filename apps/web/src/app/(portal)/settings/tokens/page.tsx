import { getTranslations } from "next-intl/server";
import { TokensScreen } from "../../../../features/account/screens/tokens-screen";
import { HydrateClient, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("account.tokens"))("title") });

export default async function TokensPage() {
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchQuery(trpc.identity.listPersonalTokens.queryOptions());
  return (
    <HydrateClient>
      <TokensScreen />
    </HydrateClient>
  );
}
