import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { safeNext } from "../../features/identity/safe-next";
import { SignInScreen } from "../../features/identity/screens/sign-in-screen";
import { maruApp } from "../../server/maru-app";
import { viewer } from "../../trpc/server";

type SignInPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async () => ({ title: (await getTranslations("identity"))("title") });

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const parameters = await searchParams;
  const next = safeNext(typeof parameters.next === "string" ? parameters.next : null);
  if (await viewer()) redirect(next);
  return <SignInScreen isDemo={maruApp().config.isDemo} next={next} hasSignedOut={parameters["signed-out"] !== undefined} />;
}
