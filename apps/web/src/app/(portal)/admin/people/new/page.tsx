import { getTranslations } from "next-intl/server";
import { StaffPersonScreen } from "../../../../../features/staff/screens/staff-person-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("staff"))("join") });

export default async function NewPersonPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.directory.listStandings.queryOptions({})));
  await queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({}));
  return (
    <HydrateClient>
      <StaffPersonScreen id={null} />
    </HydrateClient>
  );
}
