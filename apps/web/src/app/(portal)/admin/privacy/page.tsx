import { getTranslations } from "next-intl/server";
import { DocumentsScreen } from "../../../../features/privacy/screens/documents-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("privacy.documents"))("title") });

export default async function DocumentsPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(queryClient.fetchQuery(trpc.privacy.listDocuments.queryOptions()));
  return (
    <HydrateClient>
      <DocumentsScreen />
    </HydrateClient>
  );
}
