import { getTranslations } from "next-intl/server";
import { ReorganisationScreen } from "../../../../../features/reorganisation/screens/reorganisation-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("reorganisation"))("make") });

export default async function NewReorganisationPage() {
  const { trpc, queryClient } = serverTrpc();
  // Whoever may not draw one up may not list them either.
  await required(queryClient.fetchQuery(trpc.directory.listReorganisations.queryOptions({ limit: 1 })));
  await queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({}));
  return (
    <HydrateClient>
      <ReorganisationScreen id={null} />
    </HydrateClient>
  );
}
