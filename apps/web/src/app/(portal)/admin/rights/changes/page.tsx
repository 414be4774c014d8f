import { getTranslations } from "next-intl/server";
import { RoleChangesScreen } from "../../../../../features/rights/screens/role-changes-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("rights"))("tabChanges") });

export default async function RoleChangesPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.identity.listRoleChanges.queryOptions({})));
  return (
    <HydrateClient>
      <RoleChangesScreen />
    </HydrateClient>
  );
}
