import { getTranslations } from "next-intl/server";
import { StaffScreen } from "../../../../features/staff/screens/staff-screen";
import { listInput, readPlace } from "../../../../features/staff/staff-place";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

type StaffPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("staff"))("title") });

export default async function StaffPage({ searchParams }: StaffPageProps) {
  const { trpc, queryClient } = serverTrpc();
  const input = listInput(readPlace(await searchParams));
  await required(
    queryClient.fetchInfiniteQuery(
      trpc.directory.listPeopleForAdmin.infiniteQueryOptions(input, { getNextPageParam: ({ nextCursor }) => nextCursor }),
    ),
  );
  await queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({}));
  return (
    <HydrateClient>
      <StaffScreen />
    </HydrateClient>
  );
}
