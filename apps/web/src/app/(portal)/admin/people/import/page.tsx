import { getTranslations } from "next-intl/server";
import { readImportId } from "../../../../../features/imports/import-place";
import { ImportScreen } from "../../../../../features/imports/screens/import-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

type ImportPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("imports"))("title") });

export default async function ImportPage({ searchParams }: ImportPageProps) {
  const { trpc, queryClient } = serverTrpc();
  const id = readImportId(await searchParams);
  // Whoever may not manage sources is told so, instead of a page of which nothing works.
  await required(queryClient.fetchQuery(trpc.sync.getPeopleExport.queryOptions({})));
  if (id !== null) await required(queryClient.fetchQuery(trpc.sync.getImport.queryOptions({ id })));
  return (
    <HydrateClient>
      <ImportScreen />
    </HydrateClient>
  );
}
