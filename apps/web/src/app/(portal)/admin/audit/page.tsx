import { getTranslations } from "next-intl/server";
import { listInput, readPlace } from "../../../../features/audit/audit-place";
import { AuditScreen } from "../../../../features/audit/screens/audit-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

type AuditPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("audit"))("title") });

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const { trpc, queryClient } = serverTrpc();
  const place = readPlace(await searchParams);
  await required(queryClient.fetchQuery(trpc.audit.getState.queryOptions({})));
  await queryClient.prefetchInfiniteQuery(
    trpc.audit.listEntries.infiniteQueryOptions(listInput(place), { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <HydrateClient>
      <AuditScreen />
    </HydrateClient>
  );
}
