import { formatPersonName } from "@maru/ui/person-name/format";
import { getLocale } from "next-intl/server";
import { PersonRightsScreen } from "../../../../../../features/rights/screens/person-rights-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

type PersonRightsPageProps = { readonly params: Promise<{ id: string }> };

const read = async (params: PersonRightsPageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.identity.explainRights.queryOptions({ personId: id })));
};

export const generateMetadata = async ({ params }: PersonRightsPageProps) => ({
  title: formatPersonName((await read(params)).person, { locale: await getLocale() }),
});

export default async function PersonRightsPage({ params }: PersonRightsPageProps) {
  const { person } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  await Promise.all([
    queryClient.prefetchQuery(trpc.identity.listRoles.queryOptions({})),
    queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({})),
    queryClient.prefetchQuery(trpc.identity.listRoleChanges.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <PersonRightsScreen id={person.id} />
    </HydrateClient>
  );
}
