import { getTranslations } from "next-intl/server";
import { listInput, readPlace } from "../../../../features/accounts/accounts-place";
import { AccountsScreen } from "../../../../features/accounts/screens/accounts-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

type AccountsPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("accounts"))("title") });

export default async function AccountsPage({ searchParams }: AccountsPageProps) {
  const { trpc, queryClient } = serverTrpc();
  const input = listInput(readPlace(await searchParams));
  await required(
    queryClient.fetchInfiniteQuery(
      trpc.identity.listAccounts.infiniteQueryOptions(input, { getNextPageParam: ({ nextCursor }) => nextCursor }),
    ),
  );
  return (
    <HydrateClient>
      <AccountsScreen />
    </HydrateClient>
  );
}
