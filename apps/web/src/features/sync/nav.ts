import { IconAffiliate } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const sync: Feature = {
  name: "sync",
  navigation: [{ href: "/admin/sync", label: "title", icon: IconAffiliate, order: 895, section: "admin", permission: "sync.manage" }],
};
