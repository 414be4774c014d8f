"use client";
import { Button, TextInput } from "@mantine/core";
import type { Operation, ReorganisationView } from "@maru/api/directory/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import staff from "../../staff/components/staff.module.css";
import { useDesk } from "../hooks/use-desk";
import { usePreview } from "../hooks/use-preview";
import { namesOf } from "../planned-tree";
import { ApplyDialog } from "./apply-dialog";
import { DepartmentDeeds } from "./department-deeds";
import { PlannedTree } from "./planned-tree";
import { PreviewCard } from "./preview-card";
import classes from "./reorganisation.module.css";
import { StepList } from "./step-list";

/** Where a reorganisation is drawn up: the tree as it would be on one side, the steps and what they do on the other. */
export function DraftDesk({ stored }: { readonly stored: ReorganisationView | null }) {
  const t = useTranslations("reorganisation");
  const shell = useTranslations("shell");
  const desk = useDesk(stored);
  const { operations, setOperations } = desk;
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const standing = useQuery(useTRPC().directory.listDepartments.queryOptions({}));
  const preview = usePreview(operations);
  const { data, error, refetch } = preview;
  const add = (operation: Operation) => {
    setOperations([...operations, operation]);
    if (operation.kind === "CREATE") setSelectedId(operation.departmentId);
  };
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} room="page" />;
  if (!data) return <SkeletonList shape="rows" count={10} label={shell("loading")} />;
  const departments = data.departments;
  const selected = departments.find(({ id }) => id === selectedId) ?? null;
  const created = new Set(operations.flatMap((one) => (one.kind === "CREATE" ? [one.departmentId] : [])));
  return (
    <>
      <TextInput
        label={t("name")}
        placeholder={t("nameExample")}
        maxLength={100}
        value={desk.name}
        onChange={(event) => desk.setName(event.currentTarget.value)}
      />
      <div className={classes.desk}>
        <div className={classes.column}>
          <PortletCard title={t("tree")}>
            <DepartmentDeeds department={selected} departments={departments} isNew={created.has(selectedId ?? "")} onStep={add} />
            <PlannedTree departments={departments} changes={data.changes} selectedId={selectedId} onSelect={setSelectedId} />
          </PortletCard>
        </div>
        <div className={classes.column}>
          <StepList
            operations={operations}
            names={namesOf([...(standing.data ?? []), ...departments], operations)}
            fault={data.fault}
            onRemove={(index) => setOperations(operations.filter((_, at) => at !== index))}
          />
          <PreviewCard preview={data} />
        </div>
      </div>
      <DeskActions desk={desk} stored={stored} preview={preview} />
    </>
  );
}

type DeskActionsProps = {
  readonly desk: ReturnType<typeof useDesk>;
  readonly stored: ReorganisationView | null;
  readonly preview: ReturnType<typeof usePreview>;
};

function DeskActions({ desk, stored, preview }: DeskActionsProps) {
  const t = useTranslations("reorganisation");
  const [asking, setAsking] = useState<"apply" | "discard" | null>(null);
  const { data, isFetching } = preview;
  const isSound = data?.fault === null && desk.operations.length > 0 && !isFetching;
  return (
    <div className={staff.actions}>
      <Button disabled={!isSound} onClick={() => setAsking("apply")}>
        {t("apply")}
      </Button>
      <Button variant="default" disabled={!desk.isChanged} loading={desk.isBusy && asking === null} onClick={desk.save}>
        {t("save")}
      </Button>
      {stored ? (
        <Button variant="subtle" color="safflower" onClick={() => setAsking("discard")}>
          {t("discard")}
        </Button>
      ) : null}
      {asking === "apply" && data ? (
        <ApplyDialog preview={data} isBusy={desk.isBusy} onApply={desk.apply} onClose={() => setAsking(null)} />
      ) : null}
      <ConfirmDialog
        isOpen={asking === "discard"}
        title={t("discardTitle")}
        label={t("discard")}
        isBusy={desk.isBusy}
        onConfirm={desk.cancel}
        onClose={() => setAsking(null)}
      >
        {t("discardDescription")}
      </ConfirmDialog>
    </div>
  );
}
