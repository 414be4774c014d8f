import { IconHome } from "@tabler/icons-react";
import type { Feature } from "../../shell/feature";

export const home: Feature = {
  name: "home",
  navigation: [{ href: "/", label: "title", icon: IconHome, order: 10, onPhone: true }],
};
