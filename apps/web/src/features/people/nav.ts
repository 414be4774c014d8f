import { IconSitemap } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { Feature } from "../../shell/feature";
import { colleaguesInput } from "./colleagues-input";

export const people: Feature = {
  name: "people",
  navigation: [{ href: "/people", label: "title", icon: IconSitemap, order: 40, onPhone: true, permission: "directory.read" }],
  portlets: [
    {
      id: "people.my-department",
      column: "side",
      order: 30,
      permission: "directory.read",
      component: dynamic(() => import("./portlets/my-department")),
      prefetch: ({ account, trpc, queryClient }) => [
        queryClient.prefetchQuery(trpc.directory.listPeople.queryOptions(colleaguesInput(account.person.departmentId))),
      ],
    },
  ],
};
