import { getTranslations } from "next-intl/server";
import { InvitationsScreen } from "../../../../features/invitations/screens/invitations-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("invitations"))("title") });

export default async function InvitationsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(
    queryClient.fetchInfiniteQuery(
      trpc.identity.listInvitations.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
    ),
  );
  await queryClient.prefetchQuery(trpc.identity.getRegistration.queryOptions({}));
  return (
    <HydrateClient>
      <InvitationsScreen />
    </HydrateClient>
  );
}
