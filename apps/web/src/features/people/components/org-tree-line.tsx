"use client";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { useTRPC } from "../../../trpc/client";
import { type ChartRow, type DepartmentRow, MEMBERS_A_PAGE, type MemberRow, memberPageOf } from "../chart-rows";
import { AwayMark } from "./away-mark";
import classes from "./org-tree.module.css";

const INDENT = 24;

type LineProps = {
  readonly id: string;
  readonly top: number;
  readonly isActive: boolean;
  readonly onChoose: () => void;
};

type FrameProps = LineProps & {
  readonly row: ChartRow;
  readonly isOpen?: boolean;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
};

/** A line of the tree at its height. The keys move on the tree itself, so a line only takes the pointer. */
function Line({ id, top, isActive, onChoose, row, isOpen, isBusy, children }: FrameProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the line that is active.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys.
    <div
      id={id}
      role="treeitem"
      className={classes.line}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: (row.level - 1) * INDENT + 8 }}
      data-active={isActive || undefined}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={isOpen}
      aria-selected={isActive}
      aria-busy={isBusy}
      onClick={onChoose}
    >
      {children}
    </div>
  );
}

/** A department: what it is called, who leads it, how many it has. */
export function DepartmentLine({ row, onToggle, ...line }: LineProps & { readonly row: DepartmentRow; readonly onToggle: () => void }) {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  const { id, name, nameEn, head, totalCount } = row.department;
  return (
    <Line {...line} row={row} isOpen={row.isOpen ?? undefined}>
      {row.isOpen === null ? (
        <span className={classes.opener} />
      ) : (
        // The arrow keys open and close: to a screen reader the line itself is what opens.
        <button type="button" className={classes.opener} tabIndex={-1} aria-hidden data-open={row.isOpen || undefined} onClick={onToggle}>
          <IconChevronRight size={16} stroke={1.5} aria-hidden />
        </button>
      )}
      <Link className={classes.department} href={`/departments/${id}`} prefetch={false} tabIndex={-1}>
        {isKorean ? name : nameEn}
      </Link>
      {head ? (
        <span className={classes.head}>
          <PersonLabel person={head} />
          <AwayMark until={head.awayUntil} />
        </span>
      ) : null}
      <span className={classes.count}>{t("atHand.people", { count: totalCount })}</span>
    </Line>
  );
}

/** A person of a department, who is read when her line comes into view. */
export function MemberLine({ row, ...line }: LineProps & { readonly row: MemberRow }) {
  const t = useTranslations("people");
  const { data, isPending } = useQuery(useTRPC().directory.listMembers.queryOptions(memberPageOf(row)));
  const person = data?.items[row.index % MEMBERS_A_PAGE];
  const isShared = person && data.items.some(({ id, name }) => name === person.name && id !== person.id);
  return (
    <Line {...line} row={row} isBusy={isPending || undefined}>
      <span className={classes.opener} />
      {person ? (
        <Link className={classes.person} href={`/people/${person.id}`} prefetch={false} tabIndex={-1}>
          <PersonAvatar person={person} size={24} />
          <PersonLabel person={person} />
          {isShared ? <span className={classes.number}>{person.employeeNo}</span> : null}
        </Link>
      ) : (
        <span className={classes.waiting} />
      )}
      {person && !person.isPrimary ? <span className={classes.count}>{t("concurrent")}</span> : null}
      <AwayMark until={person?.awayUntil} />
    </Line>
  );
}
