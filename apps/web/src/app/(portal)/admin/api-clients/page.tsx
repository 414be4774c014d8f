import { getTranslations } from "next-intl/server";
import { ApiClientsScreen } from "../../../../features/accounts/screens/api-clients-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("accounts.clients"))("title") });

export default async function ApiClientsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.identity.listApiClients.queryOptions()));
  return (
    <HydrateClient>
      <ApiClientsScreen />
    </HydrateClient>
  );
}
