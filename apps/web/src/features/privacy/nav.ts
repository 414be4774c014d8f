import { IconEraser, IconFileCertificate } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const privacy: Feature = {
  name: "privacy",
  navigation: [
    {
      href: "/admin/privacy",
      label: "documents.title",
      icon: IconFileCertificate,
      order: 940,
      section: "admin",
      permission: "privacy.manage-documents",
    },
    {
      href: "/admin/privacy/erasures",
      label: "erasures.title",
      icon: IconEraser,
      order: 945,
      section: "admin",
      permission: "privacy.read-erasures",
    },
  ],
};
