"use client";
import { Button } from "@mantine/core";
import { type SampleView, type StageView, TEST_STAGES } from "@maru/api/sync/contract";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import { IconPlugConnected } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import type { ConnectionTest } from "../hooks/use-connection-test";
import { useWords } from "../hooks/use-words";
import classes from "./source.module.css";
import { StageFacts } from "./stage-facts";

/** Tries what is typed, beside the form that it is typed into: each stage says how it went as soon as it is done. */
export function TestPanel({ test }: { readonly test: ConnectionTest }) {
  const t = useTranslations("sync.test");
  const { stages, samples, running, start } = test;
  const hasBegun = running !== null || stages.length > 0;
  return (
    <PortletCard title={t("title")}>
      <p className={classes.hint}>{t("description")}</p>
      <Button
        my={12}
        variant="light"
        leftSection={<IconPlugConnected size={18} stroke={1.5} aria-hidden />}
        loading={running !== null}
        onClick={start}
      >
        {t(hasBegun ? "again" : "start")}
      </Button>
      <div role="status">
        <Said test={test} />
      </div>
      {hasBegun ? (
        <ol className={classes.stages} aria-label={t("title")}>
          {TEST_STAGES.map((name, at) => {
            const view = stages[at];
            return view ? (
              <Stage key={name} view={view} samples={samples} />
            ) : (
              <Coming key={name} name={name} isRunning={name === running} />
            );
          })}
        </ol>
      ) : null}
    </PortletCard>
  );
}

function Said({ test }: { readonly test: ConnectionTest }) {
  const t = useTranslations("sync.test");
  const { stages, running, isBroken, isOutdated, hasGaps } = test;
  const failed = stages.find(({ state }) => state === "failed");
  const isOver = running === null && stages.length === TEST_STAGES.length;
  return (
    <>
      {hasGaps ? <p className={classes.said}>{t("fieldsFirst")}</p> : null}
      {running ? <p className={classes.said}>{t("runningStage", { stage: t(`stages.${running}`) })}</p> : null}
      {isOutdated ? <p className={classes.said}>{t("outdated")}</p> : null}
      {isBroken ? <p className={classes.said}>{t("broken")}</p> : null}
      {isOver ? (
        <p className={classes.said}>
          <strong>{failed ? t("titleFailed", { stage: t(`stages.${failed.stage}`) }) : t("allPassed")}</strong>
        </p>
      ) : null}
    </>
  );
}

/** A stage that has not been tried yet, or is being tried. */
function Coming({ name, isRunning }: { readonly name: StageView["stage"]; readonly isRunning: boolean }) {
  const t = useTranslations("sync.test");
  return (
    <li aria-current={isRunning ? "step" : undefined}>
      <div className={classes.stageHead}>
        <span className={classes.stageName}>{t(`stages.${name}`)}</span>
        <StatusBadge variant="plain" tone={isRunning ? "progress" : "neutral"} label={t(isRunning ? "states.running" : "states.waiting")} />
      </div>
    </li>
  );
}

const TONES: Readonly<Record<StageView["state"], StatusTone>> = { passed: "done", failed: "wrong", skipped: "neutral" };

function Stage({ view, samples }: { readonly view: StageView; readonly samples: readonly SampleView[] }) {
  const t = useTranslations("sync.test");
  const words = useWords();
  const { stage, state, code, ms } = view;
  const failure = state === "failed" ? words.failure(code ?? "unknown") : null;
  return (
    <li>
      <div className={classes.stageHead}>
        <span>
          <span className={classes.stageName}>{t(`stages.${stage}`)}</span>{" "}
          {state === "skipped" ? null : <span className={classes.hint}>{t("ms", { ms })}</span>}
        </span>
        <StatusBadge variant="plain" tone={TONES[state]} label={t(`states.${state}`)} />
      </div>
      {failure ? (
        <p className={classes.said}>
          <span className={classes.wrong}>{failure.title}</span> {failure.description}
        </p>
      ) : null}
      {state === "skipped" ? null : <StageFacts view={view} samples={samples} />}
    </li>
  );
}
