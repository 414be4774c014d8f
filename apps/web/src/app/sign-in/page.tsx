import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { safeNext } from "../../features/identity/safe-next";
import { SignInScreen } from "../../features/identity/screens/sign-in-screen";
import { maruApp } from "../../server/maru-app";
import { serverTrpc, viewer } from "../../trpc/server";

type SignInPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("identity"))("title") });

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const parameters = await searchParams;
  const next = safeNext(typeof parameters.next === "string" ? parameters.next : null);
  if (await viewer()) redirect(next);
  const { trpc, queryClient } = serverTrpc();
  const [{ mode }, providers] = await Promise.all([
    queryClient.fetchQuery(trpc.identity.getRegistration.queryOptions({})),
    queryClient.fetchQuery(trpc.federation.listProviders.queryOptions({})),
  ]);
  const { config } = maruApp();
  const failure = typeof parameters.failure === "string" ? parameters.failure : null;
  // Where another provider was good for the first step, what the second one needs stands in a cookie that no script reads.
  const cameBackWith = parameters.step === "second" ? ((await cookies()).get(config.halfCookie)?.value ?? null) : failure;
  const hasSignedOut = parameters["signed-out"] !== undefined;
  return <SignInScreen {...{ next, hasSignedOut, providers, cameBackWith }} isDemo={config.isDemo} mayRegister={mode === "OPEN"} />;
}
