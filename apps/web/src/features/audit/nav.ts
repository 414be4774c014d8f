import { IconFingerprint } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const audit: Feature = {
  name: "audit",
  navigation: [{ href: "/admin/audit", label: "title", icon: IconFingerprint, order: 920, section: "admin", permission: "audit.read" }],
};
