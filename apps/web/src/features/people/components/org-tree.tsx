"use client";
import { Button } from "@mantine/core";
import type { ChartDepartmentView } from "@maru/api/directory/contract";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useAccount } from "../../../shell/account";
import { type ChartRow, moveInTree, openAtFirst, toRows } from "../chart-rows";
import classes from "./org-tree.module.css";
import { DepartmentLine, MemberLine } from "./org-tree-line";

const LINE_HEIGHT = 40;
const OVERSCAN = 8;
/** What the server draws: as many lines as stand on a screen. */
const FIRST_SCREEN = { width: 1_000, height: 800 };

/**
 * The organisation as a tree, from the company down to each person. Only the lines in view are drawn, and only their people are read, so
 * that it opens and scrolls alike with sixty people and with five thousand.
 */
export function OrgTree({ departments }: { readonly departments: readonly ChartDepartmentView[] }) {
  const t = useTranslations("people.chart");
  const { person: self } = useAccount();
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(
    () => new Set(openAtFirst(departments, self.departmentId).map(({ id }) => id)),
  );
  const rows = useMemo(() => toRows(departments, openIds), [departments, openIds]);
  return (
    <>
      <div className={classes.tools}>
        <Button variant="default" size="xs" onClick={() => setOpenIds(new Set(departments.map(({ id }) => id)))}>
          {t("openAll")}
        </Button>
        <Button variant="default" size="xs" onClick={() => setOpenIds(new Set())}>
          {t("closeAll")}
        </Button>
        <span className={classes.hint}>{t("keys")}</span>
      </div>
      <Lines
        rows={rows}
        onToggle={(id) =>
          setOpenIds((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])))
        }
      />
    </>
  );
}

type LinesProps = { readonly rows: readonly ChartRow[]; readonly onToggle: (departmentId: string) => void };

function Lines({ rows, onToggle }: LinesProps) {
  const t = useTranslations("people.chart");
  const prefix = useId();
  const frameRef = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState(rows[0]?.key ?? "");
  const at = Math.max(
    rows.findIndex(({ key }) => key === activeKey),
    0,
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frameRef.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
    initialRect: FIRST_SCREEN,
    getItemKey: (index) => rows[index]?.key ?? index,
    // A screen reader must find the line that is spoken of, wherever the others have scrolled to.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), at])].sort((one, other) => one - other),
  });
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      document.getElementById(`${prefix}${rows[at]?.key}`)?.querySelector("a")?.click();
      return;
    }
    const move = moveInTree(rows, at, event.key);
    if (!move) return;
    event.preventDefault();
    if ("toggle" in move) onToggle(move.toggle);
    else {
      setActiveKey(rows[move.to]?.key ?? "");
      virtualizer.scrollToIndex(move.to);
    }
  };
  return (
    <div
      ref={frameRef}
      className={classes.frame}
      role="tree"
      tabIndex={0}
      aria-label={t("title")}
      aria-activedescendant={`${prefix}${rows[at]?.key}`}
      onKeyDown={press}
    >
      <div role="presentation" className={classes.whole} style={{ blockSize: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const line = { id: `${prefix}${row.key}`, top: start, isActive: index === at, onChoose: () => setActiveKey(row.key) };
          return row.kind === "department" ? (
            <DepartmentLine key={row.key} row={row} onToggle={() => onToggle(row.key)} {...line} />
          ) : (
            <MemberLine key={row.key} row={row} {...line} />
          );
        })}
      </div>
    </div>
  );
}
