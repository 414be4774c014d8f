"use client";
import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import type { ChartDepartmentView } from "@maru/api/directory/contract";
import { IconFocusCentered, IconMinus, IconPlus, IconPrinter } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { layOut, meets, type PlacedDepartment } from "../chart-layout";
import { usePanZoom } from "../hooks/use-pan-zoom";
import { usePrinting } from "../hooks/use-printing";
import { OrgCard } from "./org-card";
import classes from "./org-picture.module.css";

/** What of a sheet (lying, with margins of 10 mm) is left for the picture below its title, in CSS pixels. */
const PAPERS = { A4: { width: 1_046, height: 620 }, A3: { width: 1_511, height: 950 } } as const;
type Paper = keyof typeof PAPERS;
const NUDGE = 80;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [NUDGE, 0],
  ArrowRight: [-NUDGE, 0],
  ArrowUp: [0, NUDGE],
  ArrowDown: [0, -NUDGE],
};

/** The organisation as a picture: moved and scaled by hand, printed on one sheet. Of a large one only what is in view is drawn. */
export default function OrgPicture({ departments }: { readonly departments: readonly ChartDepartmentView[] }) {
  const t = useTranslations("people.chart");
  const frameRef = useRef<HTMLDivElement>(null);
  const layerRef = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layOut(departments), [departments]);
  const { drawn, draw, closer, farther, fit, moveBy, centre } = usePanZoom(frameRef, layerRef, layout);
  const [paper, setPaper] = useState<Paper>("A4");
  const isPrinting = usePrinting();
  useLayoutEffect(() => {
    if (!isPrinting) return;
    const sheet = PAPERS[paper];
    const scale = Math.min(sheet.width / layout.width, sheet.height / layout.height, 1);
    if (layerRef.current) layerRef.current.style.transform = `scale(${scale})`;
    return draw;
  }, [isPrinting, paper, layout, draw]);
  const shown = isPrinting ? layout.departments : layout.departments.filter((one) => drawn && meets(one, drawn));
  const press = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (arrow) moveBy(...arrow);
    else if (event.key === "+" || event.key === "=") closer();
    else if (event.key === "-") farther();
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.picture} data-paper={paper}>
      <p className={classes.title}>{t("title")}</p>
      <div className={classes.tools} data-print="hidden">
        <Tool label={t("closer")} icon={IconPlus} onClick={closer} />
        <Tool label={t("farther")} icon={IconMinus} onClick={farther} />
        <Tool label={t("fit")} icon={IconFocusCentered} onClick={fit} />
        <span className={classes.hint}>{t("pictureKeys")}</span>
        <SegmentedControl aria-label={t("paper")} data={Object.keys(PAPERS)} value={paper} onChange={(value) => setPaper(value as Paper)} />
        <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.5} aria-hidden />} onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move the picture, as the hand does. */}
      <section ref={frameRef} className={classes.frame} tabIndex={0} aria-label={t("picture")} onKeyDown={press}>
        <div ref={layerRef} className={classes.layer}>
          <Lines width={layout.width} height={layout.height} departments={shown} />
          {shown.map((one) => (
            <OrgCard key={one.department.id} placed={one} onFocus={() => centre(one)} />
          ))}
        </div>
      </section>
    </div>
  );
}

type ToolProps = { readonly label: string; readonly icon: typeof IconPlus; readonly onClick: () => void };

function Tool({ label, icon: Icon, onClick }: ToolProps) {
  return (
    <ActionIcon size={32} variant="default" aria-label={label} onClick={onClick}>
      <Icon size={18} stroke={1.5} aria-hidden />
    </ActionIcon>
  );
}

type LinesProps = { readonly width: number; readonly height: number; readonly departments: readonly PlacedDepartment[] };

function Lines({ width, height, departments }: LinesProps) {
  return (
    <svg className={classes.lines} width={width} height={height} aria-hidden="true">
      <path d={departments.map(({ line }) => line).join("")} />
    </svg>
  );
}
