import { IconBinaryTree } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const reorganisation: Feature = {
  name: "reorganisation",
  navigation: [
    { href: "/admin/organisation", label: "title", icon: IconBinaryTree, order: 885, section: "admin", permission: "directory.manage" },
  ],
};
