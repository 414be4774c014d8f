import { IconListNumbers, IconUsersGroup } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const staff: Feature = {
  name: "staff",
  navigation: [
    { href: "/admin/people", label: "title", icon: IconUsersGroup, order: 880, section: "admin", permission: "directory.manage" },
    {
      href: "/admin/standings",
      label: "standings.title",
      icon: IconListNumbers,
      order: 890,
      section: "admin",
      permission: "directory.manage",
    },
  ],
};
