import { IconBell } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { Feature } from "../../shell/feature";
import { NotificationBell } from "./components/notification-bell";

export const notification: Feature = {
  name: "notification",
  header: NotificationBell,
  navigation: [{ href: "/notifications", label: "title", icon: IconBell, order: 20, onPhone: true, permission: "notification.read" }],
  portlets: [
    {
      id: "notification.latest",
      column: "side",
      order: 10,
      permission: "notification.read",
      component: dynamic(() => import("./portlets/latest-notifications")),
      prefetch: ({ trpc, queryClient }) => [queryClient.prefetchQuery(trpc.notification.listNotifications.queryOptions({ limit: 5 }))],
    },
  ],
};
