"use client";
import { Button } from "@mantine/core";
import type { StageView, TestView } from "@maru/api/sync/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import { IconPlugConnected } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import type { ConnectionTest } from "../hooks/use-connection-test";
import { useWords } from "../hooks/use-words";
import classes from "./source.module.css";
import { StageFacts } from "./stage-facts";

/** Tries what is typed, stage by stage, beside the form that it is typed into. */
export function TestPanel({ test }: { readonly test: ConnectionTest }) {
  const t = useTranslations("sync.test");
  const shell = useTranslations("shell");
  const { outcome, isRunning, isOutdated, hasGaps, start } = test;
  return (
    <PortletCard title={t("title")}>
      <p className={classes.hint}>{t("description")}</p>
      <Button
        mt={12}
        variant="light"
        leftSection={<IconPlugConnected size={18} stroke={1.5} aria-hidden />}
        loading={isRunning}
        onClick={start}
      >
        {t(outcome ? "again" : "start")}
      </Button>
      <div role="status">
        {hasGaps ? <p className={classes.said}>{t("fieldsFirst")}</p> : null}
        {isRunning ? <p className={classes.said}>{t("running")}</p> : null}
        {isOutdated && !isRunning ? <p className={classes.said}>{t("outdated")}</p> : null}
        {outcome && !isRunning ? <Summary outcome={outcome} /> : null}
      </div>
      {isRunning ? <SkeletonList shape="rows" count={9} label={shell("loading")} /> : null}
      {outcome && !isRunning ? (
        <ol className={classes.stages} aria-label={t("title")}>
          {outcome.stages.map((stage) => (
            <Stage key={stage.stage} stage={stage} outcome={outcome} />
          ))}
        </ol>
      ) : null}
    </PortletCard>
  );
}

function Summary({ outcome }: { readonly outcome: TestView }) {
  const t = useTranslations("sync.test");
  const failed = outcome.stages.find(({ state }) => state === "failed");
  return (
    <p className={classes.said}>
      <strong>{failed ? t("titleFailed", { stage: t(`stages.${failed.stage}`) }) : t("allPassed")}</strong>
    </p>
  );
}

const TONES: Readonly<Record<StageView["state"], StatusTone>> = { passed: "done", failed: "wrong", skipped: "neutral" };

function Stage({ stage: view, outcome }: { readonly stage: StageView; readonly outcome: TestView }) {
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
      {state === "skipped" ? null : <StageFacts view={view} samples={outcome.samples} />}
    </li>
  );
}
