import { getTranslations } from "next-intl/server";
import { RoleScreen } from "../../../../../../features/rights/screens/role-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("rights"))("newRole") });

export default async function NewRolePage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.identity.listRoles.queryOptions({})));
  await queryClient.prefetchQuery(trpc.identity.listPermissions.queryOptions({}));
  return (
    <HydrateClient>
      <RoleScreen id={null} />
    </HydrateClient>
  );
}
