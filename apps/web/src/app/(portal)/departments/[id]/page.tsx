import { getLocale } from "next-intl/server";
import { membersInput, readPlace } from "../../../../features/people/people-place";
import { DepartmentScreen } from "../../../../features/people/screens/department-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

type DepartmentPageProps = {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const read = async (params: DepartmentPageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.directory.getDepartment.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: DepartmentPageProps) => {
  const { name, nameEn } = await read(params);
  return { title: (await getLocale()) === "ko" ? name : nameEn };
};

export default async function DepartmentPage({ params, searchParams }: DepartmentPageProps) {
  const { id } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchQuery(trpc.directory.listMembers.queryOptions(membersInput(id, readPlace(await searchParams).page)));
  return (
    <HydrateClient>
      <DepartmentScreen id={id} />
    </HydrateClient>
  );
}
