"use client";
import type { SessionView } from "@maru/api/identity/contract";
import { useTranslations } from "next-intl";

/** How a session is called: its browser and system, as far as they say who they are. */
export const useDeviceName = () => {
  const t = useTranslations("account.sessions");
  return ({ browser, system }: Pick<SessionView, "browser" | "system">) =>
    [browser, system].filter((part) => part !== null).join(" · ") || t("unknownDevice");
};
