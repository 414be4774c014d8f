"use client";
import { useTranslations } from "next-intl";

/** What a scope is called: as the right that it is, or by its key where no catalogue knows it. */
export const useScopeName = () => {
  const t = useTranslations("permissions");
  return (scope: string) => (t.has(`${scope}.name`) ? t(`${scope}.name`) : scope);
};
