import { IconMailbox } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const mail: Feature = {
  name: "mail",
  navigation: [
    { href: "/admin/mailbox", label: "title", icon: IconMailbox, order: 930, section: "admin", permission: "identity.manage-roles" },
  ],
};
