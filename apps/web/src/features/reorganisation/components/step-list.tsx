"use client";
import { ActionIcon } from "@mantine/core";
import type { Operation, ReorganisationPreview } from "@maru/api/directory/contract";
import { IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import staff from "../../staff/components/staff.module.css";
import { useNameOf } from "../../staff/hooks/use-name-of";
import { type namesOf, otherOf } from "../planned-tree";
import classes from "./reorganisation.module.css";

type StepListProps = {
  readonly operations: readonly Operation[];
  /** What the departments are called that the steps name. */
  readonly names: ReturnType<typeof namesOf>;
  readonly fault: ReorganisationPreview["fault"];
  readonly onRemove?: (index: number) => void;
};

/** The steps in their order, each in words; the one that can't be done says why. */
export function StepList({ operations, names, fault, onRemove }: StepListProps) {
  const t = useTranslations("reorganisation");
  const errors = useTranslations("errors");
  const nameOf = useNameOf();
  const called = (id: string | null) => {
    const named = id === null ? undefined : names.get(id);
    return named ? nameOf(named) : t("unknown");
  };
  const sentence = (operation: Operation): string =>
    t(`steps.${operation.kind}`, {
      name: called(operation.departmentId),
      other: otherOf(operation) === null ? t("top") : called(otherOf(operation)),
      after: operation.kind === "RENAME" ? nameOf(operation) : "",
      count: operation.kind === "MOVE_PEOPLE" ? operation.personIds.length : 0,
    });
  return (
    <PortletCard title={t("stepsTitle", { count: operations.length })} isFlush={operations.length > 0}>
      {operations.length === 0 ? <p className={staff.muted}>{t("noSteps")}</p> : null}
      <ol className={classes.steps} aria-label={t("stepsLabel")}>
        {operations.map((operation, index) => (
          <li key={index} className={classes.step}>
            <span>
              {sentence(operation)}
              {fault?.at === index ? (
                <span className={staff.fault} role="alert">
                  {" "}
                  {errors(`${fault.code}.title`)}. {errors(`${fault.code}.description`)}
                </span>
              ) : null}
            </span>
            {onRemove ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("removeStep", { number: index + 1 })}
                onClick={() => onRemove(index)}
              >
                <IconX size={18} stroke={1.5} aria-hidden />
              </ActionIcon>
            ) : null}
          </li>
        ))}
      </ol>
    </PortletCard>
  );
}
