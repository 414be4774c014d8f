import { formatPersonName } from "@maru/ui/person-name/format";
import { getLocale } from "next-intl/server";
import { StaffPersonScreen } from "../../../../../features/staff/screens/staff-person-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../trpc/server";

type StaffPersonPageProps = { readonly params: Promise<{ id: string }> };

const read = async (params: StaffPersonPageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.directory.getPersonForAdmin.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: StaffPersonPageProps) => ({
  title: formatPersonName((await read(params)).person, { locale: await getLocale() }),
});

export default async function StaffPersonPage({ params }: StaffPersonPageProps) {
  const { person } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  await Promise.all([
    queryClient.prefetchQuery(trpc.directory.listStandings.queryOptions({})),
    queryClient.prefetchQuery(trpc.directory.listDepartments.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <StaffPersonScreen id={person.id} />
    </HydrateClient>
  );
}
