"use client";
import { Button } from "@mantine/core";
import type { Operation, PlannedDepartmentView } from "@maru/api/directory/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import staff from "../../staff/components/staff.module.css";
import { StepDialog, type StepKind } from "./step-dialog";

type DepartmentDeedsProps = {
  readonly department: PlannedDepartmentView | null;
  readonly departments: readonly PlannedDepartmentView[];
  /** It is made by these steps: nobody works in it yet. */
  readonly isNew: boolean;
  readonly onStep: (operation: Operation) => void;
};

/** What can be done with the chosen department; without one, where to begin. */
export function DepartmentDeeds({ department, departments, isNew, onStep }: DepartmentDeedsProps) {
  const t = useTranslations("reorganisation");
  const [kind, setKind] = useState<StepKind | null>(null);
  const kinds: readonly StepKind[] = department
    ? ["CREATE", "RENAME", "MOVE", "MERGE", ...(isNew ? [] : (["MOVE_PEOPLE"] as const))]
    : ["CREATE"];
  const add = (operation: Operation) => {
    setKind(null);
    onStep(operation);
  };
  return (
    <div className={staff.stack}>
      {department ? null : <p className={staff.muted}>{t("chooseFirst")}</p>}
      <div className={staff.actions}>
        {kinds.map((one) => (
          <Button key={one} size="xs" variant="default" onClick={() => setKind(one)}>
            {t(department || one !== "CREATE" ? `deeds.${one}` : "deeds.CREATE_TOP")}
          </Button>
        ))}
        {department ? (
          <Button size="xs" variant="default" onClick={() => onStep({ kind: "CLOSE", departmentId: department.id })}>
            {t("deeds.CLOSE")}
          </Button>
        ) : null}
      </div>
      {kind ? (
        <StepDialog kind={kind} department={department} departments={departments} onStep={add} onClose={() => setKind(null)} />
      ) : null}
    </div>
  );
}
