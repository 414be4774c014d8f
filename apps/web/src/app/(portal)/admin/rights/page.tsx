import { getTranslations } from "next-intl/server";
import { RolesScreen } from "../../../../features/rights/screens/roles-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("rights"))("title") });

export default async function RolesPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.identity.listRoles.queryOptions({})));
  await Promise.all([
    queryClient.prefetchQuery(trpc.identity.listPermissions.queryOptions({})),
    queryClient.prefetchQuery(trpc.identity.listRoleChanges.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <RolesScreen />
    </HydrateClient>
  );
}
