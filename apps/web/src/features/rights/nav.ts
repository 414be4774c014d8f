import { IconShieldLock } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const rights: Feature = {
  name: "rights",
  navigation: [
    { href: "/admin/rights", label: "title", icon: IconShieldLock, order: 910, section: "admin", permission: "identity.read-rights" },
  ],
};
