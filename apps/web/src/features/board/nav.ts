import { IconMessages } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { Feature } from "../../shell/feature";

export const board: Feature = {
  name: "board",
  navigation: [
    {
      href: "/boards",
      label: "title",
      icon: IconMessages,
      order: 30,
      onPhone: true,
      permission: "board.read",
      children: dynamic(() => import("./components/board-menu").then(({ BoardMenu }) => BoardMenu)),
      prefetch: ({ trpc, queryClient }) => [queryClient.prefetchQuery(trpc.board.listBoards.queryOptions({}))],
    },
  ],
  portlets: [
    {
      id: "board.notices",
      column: "main",
      order: 10,
      permission: "board.read",
      component: dynamic(() => import("./portlets/notices").then(({ Notices }) => Notices)),
      prefetch: ({ trpc, queryClient }) => [
        queryClient.prefetchQuery(trpc.board.listRecentPosts.queryOptions({ noticesOnly: true, limit: 5 })),
      ],
    },
    {
      id: "board.recent-posts",
      column: "main",
      order: 20,
      permission: "board.read",
      component: dynamic(() => import("./portlets/recent-posts").then(({ RecentPosts }) => RecentPosts)),
      prefetch: ({ trpc, queryClient }) => [queryClient.prefetchQuery(trpc.board.listRecentPosts.queryOptions({ limit: 8 }))],
    },
  ],
};
