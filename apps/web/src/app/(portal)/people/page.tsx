import { getTranslations } from "next-intl/server";
import { listInput, readPlace, searchInput } from "../../../features/people/people-place";
import { PeopleScreen } from "../../../features/people/screens/people-screen";
import { HydrateClient, serverTrpc } from "../../../trpc/server";

type PeoplePageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("people"))("title") });

export default async function PeoplePage({ searchParams }: PeoplePageProps) {
  const { trpc, queryClient } = serverTrpc();
  const place = readPlace(await searchParams);
  await Promise.all([
    queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({})),
    queryClient.prefetchQuery(trpc.directory.listFavourites.queryOptions({})),
    queryClient.prefetchQuery(trpc.directory.listRecent.queryOptions({})),
    place.query
      ? queryClient.prefetchQuery(trpc.directory.searchPeople.queryOptions(searchInput(place)))
      : queryClient.prefetchQuery(trpc.directory.listPeople.queryOptions(listInput(place))),
  ]);
  return (
    <HydrateClient>
      <PeopleScreen />
    </HydrateClient>
  );
}
