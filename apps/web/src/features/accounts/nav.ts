import { IconPlugConnected, IconUserCog } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const accounts: Feature = {
  name: "accounts",
  navigation: [
    { href: "/admin/accounts", label: "title", icon: IconUserCog, order: 900, section: "admin", permission: "identity.manage-accounts" },
    {
      href: "/admin/api-clients",
      label: "clients.title",
      icon: IconPlugConnected,
      order: 905,
      section: "admin",
      permission: "identity.manage-accounts",
    },
  ],
};
