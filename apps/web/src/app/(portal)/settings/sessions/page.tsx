import { getTranslations } from "next-intl/server";
import { SessionsScreen } from "../../../../features/account/screens/sessions-screen";
import { HydrateClient, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("account.sessions"))("title") });

export default async function SessionsPage() {
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchQuery(trpc.identity.listSessions.queryOptions());
  return (
    <HydrateClient>
      <SessionsScreen />
    </HydrateClient>
  );
}
