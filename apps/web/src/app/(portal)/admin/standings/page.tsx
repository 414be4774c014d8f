import { getTranslations } from "next-intl/server";
import { StandingsScreen } from "../../../../features/staff/screens/standings-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("staff.standings"))("title") });

export default async function StandingsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.directory.listStandings.queryOptions({})));
  return (
    <HydrateClient>
      <StandingsScreen />
    </HydrateClient>
  );
}
