import { getTranslations } from "next-intl/server";
import { SearchScreen } from "../../../features/search/screens/search-screen";
import { departmentsInput, peopleInput, readQuery } from "../../../features/search/search-place";
import { HydrateClient, serverTrpc } from "../../../trpc/server";

type SearchPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("search"))("title") });

export default async function SearchPage({ searchParams }: SearchPageProps) {
  const { trpc, queryClient } = serverTrpc();
  const query = readQuery((await searchParams).q);
  if (query !== "")
    await Promise.all([
      queryClient.prefetchQuery(trpc.search.employees.queryOptions(peopleInput(query))),
      queryClient.prefetchQuery(trpc.search.departments.queryOptions(departmentsInput(query))),
    ]);
  return (
    <HydrateClient>
      <SearchScreen />
    </HydrateClient>
  );
}
