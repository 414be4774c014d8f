import { getTranslations } from "next-intl/server";
import { RegisterScreen } from "../../features/identity/screens/register-screen";
import { serverTrpc } from "../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.register"))("title") });

export default async function RegisterPage() {
  const { trpc, queryClient } = serverTrpc();
  const { mode } = await queryClient.fetchQuery(trpc.identity.getRegistration.queryOptions({}));
  return <RegisterScreen isOpen={mode === "OPEN"} />;
}
