import { formatPersonName } from "@maru/ui/person-name/format";
import { getLocale } from "next-intl/server";
import { PersonScreen } from "../../../../features/people/screens/person-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

type PersonPageProps = { readonly params: Promise<{ id: string }> };

const read = async (params: PersonPageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.directory.getPerson.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: PersonPageProps) => ({
  title: formatPersonName(await read(params), { locale: await getLocale() }),
});

export default async function PersonPage({ params }: PersonPageProps) {
  const { id } = await read(params);
  return (
    <HydrateClient>
      <PersonScreen id={id} />
    </HydrateClient>
  );
}
