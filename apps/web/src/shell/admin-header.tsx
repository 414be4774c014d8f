"use client";
import { PageHeader } from "@maru/ui/page-header";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Breadcrumbs } from "./breadcrumbs";

type AdminHeaderProps = Pick<ComponentProps<typeof PageHeader>, "description" | "action"> & { readonly title: string };

/** The head of a page of the administrators' menu. */
export function AdminHeader({ title, description, action }: AdminHeaderProps) {
  const shell = useTranslations("shell");
  const breadcrumbs = <Breadcrumbs crumbs={[{ label: shell("adminMenu") }, { label: title }]} />;
  return <PageHeader breadcrumbs={breadcrumbs} title={title} description={description} action={action} />;
}
