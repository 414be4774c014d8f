"use client";
import { Button } from "@mantine/core";
import type { ReorganisationView } from "@maru/api/directory/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import staff from "../../staff/components/staff.module.css";
import { useDesk } from "../hooks/use-desk";
import { usePreview } from "../hooks/use-preview";
import { namesOf } from "../planned-tree";
import { PreviewCard } from "./preview-card";
import { StepList } from "./step-list";

/** One that waits for its day, or is history: its steps, and what it will do or did. */
export function SettledDesk({ stored }: { readonly stored: ReorganisationView }) {
  const t = useTranslations("reorganisation");
  const desk = useDesk(stored);
  const isWaiting = stored.state === "SCHEDULED";
  const standing = useQuery(useTRPC().directory.listDepartments.queryOptions({}));
  const { data } = usePreview(stored.operations, isWaiting);
  const { outcome } = stored;
  return (
    <>
      {outcome ? <p>{t("outcome", outcome)}</p> : null}
      <StepList operations={stored.operations} names={namesOf(standing.data ?? [], stored.operations)} fault={data?.fault ?? null} />
      {isWaiting && data ? <PreviewCard preview={data} /> : null}
      {isWaiting ? (
        <div className={staff.actions}>
          <Button variant="default" loading={desk.isBusy} onClick={desk.cancel}>
            {t("withdraw")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
