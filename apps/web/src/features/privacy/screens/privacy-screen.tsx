"use client";
import { PageHeader } from "@maru/ui/page-header";
import { useTranslations } from "next-intl";
import { OwnConsents } from "../components/own-consents";
import { OwnExport } from "../components/own-export";

/** What Maru knows about the person, and what she has agreed to. */
export function PrivacyScreen() {
  const t = useTranslations("privacy");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <OwnExport />
      <OwnConsents />
    </>
  );
}
