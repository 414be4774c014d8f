import { getTranslations } from "next-intl/server";
import { PeopleRightsScreen } from "../../../../../features/rights/screens/people-rights-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("rights"))("title") });

export default async function PeopleRightsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.identity.listRoleChanges.queryOptions({})));
  return (
    <HydrateClient>
      <PeopleRightsScreen />
    </HydrateClient>
  );
}
