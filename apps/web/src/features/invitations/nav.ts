import { IconMailPlus } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const invitations: Feature = {
  name: "invitations",
  navigation: [
    {
      href: "/admin/invitations",
      label: "title",
      icon: IconMailPlus,
      order: 905,
      section: "admin",
      permission: "identity.manage-accounts",
    },
  ],
};
