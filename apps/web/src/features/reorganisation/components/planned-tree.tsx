"use client";
import type { PlannedDepartmentView, ReorganisationPreview } from "@maru/api/directory/contract";
import { StatusBadge } from "@maru/ui/status-badge";
import { useTranslations } from "next-intl";
import type { CSSProperties, KeyboardEvent } from "react";
import { useNameOf } from "../../staff/hooks/use-name-of";
import { treeRows } from "../planned-tree";
import classes from "./reorganisation.module.css";

type PlannedTreeProps = {
  readonly departments: readonly PlannedDepartmentView[];
  readonly changes: ReorganisationPreview["changes"];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
};

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** To the neighbour, as in every list of this kind; Tab leaves the tree from where one is. */
const moveFocus = (event: KeyboardEvent<HTMLUListElement>): void => {
  const step = STEP[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
};

/** The tree as it would be. One department is chosen, and what differs says so. */
export function PlannedTree({ departments, changes, selectedId, onSelect }: PlannedTreeProps) {
  const t = useTranslations("reorganisation");
  const nameOf = useNameOf();
  const turns = new Map(changes.map(({ id, turns: own }) => [id, own]));
  const focusable = selectedId !== null && departments.some(({ id }) => id === selectedId) ? selectedId : departments[0]?.id;
  return (
    <ul className={classes.tree} aria-label={t("tree")} onKeyDown={moveFocus}>
      {treeRows(departments).map(({ department, depth }) => (
        <li key={department.id}>
          <button
            type="button"
            className={classes.department}
            style={{ "--depth": depth } as CSSProperties}
            aria-pressed={department.id === selectedId}
            tabIndex={department.id === focusable ? 0 : -1}
            onClick={() => onSelect(department.id)}
          >
            <span className={classes.called}>{nameOf(department)}</span>
            {turns.get(department.id)?.map((turn) => (
              <StatusBadge key={turn} tone="progress" label={t(`turns.${turn}`)} />
            ))}
            <span className={classes.count}>{t("people", { count: department.peopleCount })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
