import { getTranslations } from "next-intl/server";
import { notificationsInput } from "../../../features/notification/notifications-input";
import { NotificationsScreen } from "../../../features/notification/screens/notifications-screen";
import { HydrateClient, serverTrpc } from "../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("notification"))("title") });

export default async function NotificationsPage() {
  const { trpc, queryClient } = serverTrpc();
  await queryClient.prefetchInfiniteQuery(
    trpc.notification.listNotifications.infiniteQueryOptions(notificationsInput(false), {
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
  );
  return (
    <HydrateClient>
      <NotificationsScreen />
    </HydrateClient>
  );
}
