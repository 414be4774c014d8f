import { IconFileImport } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const imports: Feature = {
  name: "imports",
  navigation: [
    { href: "/admin/people/import", label: "title", icon: IconFileImport, order: 896, section: "admin", permission: "sync.manage" },
  ],
};
