import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { RoleScreen } from "../../../../../../features/rights/screens/role-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

type RolePageProps = { readonly params: Promise<{ id: string }> };

const read = async (params: RolePageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  const roles = await required(queryClient.fetchQuery(trpc.identity.listRoles.queryOptions({})));
  return roles.find((role) => role.id === id) ?? notFound();
};

export const generateMetadata = async ({ params }: RolePageProps) => {
  const { name, nameEn } = await read(params);
  return { title: (await getLocale()) === "ko" ? name : nameEn };
};

export default async function RolePage({ params }: RolePageProps) {
  const { id } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchQuery(trpc.identity.listPermissions.queryOptions({}));
  return (
    <HydrateClient>
      <RoleScreen id={id} />
    </HydrateClient>
  );
}
