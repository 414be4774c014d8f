import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ConsentQuestion } from "../../features/privacy/components/consent-question";
import { features } from "../../features/registry";
import { AccountProvider } from "../../shell/account";
import { offered } from "../../shell/feature";
import { AppFrame } from "../../shell/frame/app-frame";
import { MENU_COOKIE } from "../../shell/frame/menu-cookie";
import { HydrateClient, leadToSignIn, serverTrpc, viewer } from "../../trpc/server";

const SECURITY_PAGE = "/settings/security";

/** The frame around everything that needs a session. Who has none is led to the sign-in page, and back here afterwards. */
export default async function PortalLayout({ children }: { readonly children: ReactNode }) {
  const { trpc, queryClient } = serverTrpc();
  const [account, cookieStore] = await Promise.all([viewer(), cookies()]);
  if (!account) return leadToSignIn();
  // A role demands a second factor: until there is one, this is the only page that has anything to show.
  if (account.needsFactor && (await headers()).get("x-maru-path") !== SECURITY_PAGE) redirect(SECURITY_PAGE);
  const entries = offered(
    features.flatMap(({ navigation = [] }) => navigation),
    account.permissions,
  );
  await Promise.all([
    // The bell stands on every page.
    queryClient.prefetchQuery(trpc.notification.getInbox.queryOptions({})),
    ...entries.flatMap(({ prefetch }) => prefetch?.({ account, trpc, queryClient }) ?? []),
  ]);
  return (
    <HydrateClient>
      <AccountProvider account={account}>
        <AppFrame isMenuFolded={cookieStore.get(MENU_COOKIE)?.value === "folded"}>{children}</AppFrame>
        {account.needsFactor ? null : <ConsentQuestion />}
      </AccountProvider>
    </HydrateClient>
  );
}
