"use client";
import { Button } from "@mantine/core";
import type { SourceView } from "@maru/api/sync/contract";
import { DateTime } from "@maru/ui/date-time";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconAdjustments, IconEye, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useStartRun } from "../hooks/use-start-run";
import { isUnderWay, useWords } from "../hooks/use-words";
import { RunDialog } from "./run-dialog";
import classes from "./sync.module.css";

const LOOK_EVERY_MS = 5_000;

/** One source: how it stands, when it runs next, and the buttons that look at or do a run. */
export function SourceCard({ source }: { readonly source: SourceView }) {
  const t = useTranslations("sync.sources");
  const { start, isStarting } = useStartRun();
  const [isAsking, setAsking] = useState(false);
  const { id, name, kind, isEnabled, needsPreview } = source;
  const isServer = kind !== "FILE";
  return (
    <li className={classes.source}>
      <div className={classes.sourceHead}>
        <h2 className={classes.sourceName}>{name}</h2>
        <span className={classes.muted}>{t(`kind.${kind}`)}</span>
        {isServer ? <StatusBadge tone={isEnabled ? "done" : "neutral"} label={t(isEnabled ? "isOn" : "isOff")} /> : null}
        {isServer && needsPreview ? <StatusBadge tone="caution" label={t("needsPreview")} /> : null}
      </div>
      {isServer ? (
        <div className={classes.actions}>
          <Button
            variant="default"
            leftSection={<IconEye size={18} stroke={1.5} aria-hidden />}
            loading={isStarting}
            aria-label={`${t("preview")}: ${name}`}
            onClick={() => start({ sourceId: id, isDryRun: true, isFull: true })}
          >
            {t("preview")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={18} stroke={1.5} aria-hidden />}
            aria-label={`${t("run")}: ${name}`}
            onClick={() => setAsking(true)}
          >
            {t("run")}
          </Button>
          <Button
            component={Link}
            href={`/admin/sync/sources/${id}`}
            variant="subtle"
            leftSection={<IconAdjustments size={18} stroke={1.5} aria-hidden />}
            aria-label={`${t("settings")}: ${name}`}
          >
            {t("settings")}
          </Button>
        </div>
      ) : null}
      <SourceFacts source={source} />
      {isServer && needsPreview ? <p className={classes.note}>{t("needsPreviewDescription")}</p> : null}
      <RunDialog source={isAsking ? source : null} onClose={() => setAsking(false)} />
    </li>
  );
}

function SourceFacts({ source }: { readonly source: SourceView }) {
  const t = useTranslations("sync.sources");
  const { id, kind, linkedPeople, nextDeltaAt, nextFullAt } = source;
  return (
    <dl className={classes.facts}>
      <Fact name={t("lastRun")}>
        <LastRun sourceId={id} />
      </Fact>
      <Fact name={t("people")}>{t("peopleCount", { count: linkedPeople })}</Fact>
      {kind === "FILE" ? null : (
        <>
          <Fact name={t("nextDelta")}>
            <Moment at={nextDeltaAt} />
          </Fact>
          <Fact name={t("nextFull")}>
            <Moment at={nextFullAt} />
          </Fact>
        </>
      )}
    </dl>
  );
}

/** A fact of a source or a run, below its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Moment({ at }: { readonly at: string | null }) {
  const t = useTranslations("sync.sources");
  const locale = useLocale();
  return at === null ? t("byHand") : <DateTime iso={at} locale={locale} />;
}

function LastRun({ sourceId }: { readonly sourceId: string }) {
  const t = useTranslations("sync.sources");
  const locale = useLocale();
  const words = useWords();
  const { data } = useQuery(
    useTRPC().sync.listRuns.queryOptions(
      { sourceId, limit: 1 },
      { refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_EVERY_MS : false) },
    ),
  );
  const run = data?.items[0];
  if (!data) return "…";
  if (!run) return t("never");
  return (
    <Link href={`/admin/sync/runs/${run.id}`} className={classes.lastRun}>
      <StatusBadge variant="plain" {...words.run(run)} />
      <DateTime iso={run.requestedAt} locale={locale} />
    </Link>
  );
}
