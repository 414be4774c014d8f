import { HomeScreen } from "../../features/home/screens/home-screen";
import { features } from "../../features/registry";
import { offered } from "../../shell/feature";
import { HydrateClient, serverTrpc, viewer } from "../../trpc/server";

export default async function HomePage() {
  const { trpc, queryClient } = serverTrpc();
  const account = await viewer();
  if (account) {
    const portlets = offered(
      features.flatMap((feature) => feature.portlets ?? []),
      account.permissions,
    );
    await Promise.all(portlets.flatMap(({ prefetch }) => prefetch?.({ account, trpc, queryClient }) ?? []));
  }
  return (
    <HydrateClient>
      <HomeScreen />
    </HydrateClient>
  );
}
