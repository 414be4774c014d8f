"use client";
import type { RunView } from "@maru/api/sync/contract";
import { DateTime } from "@maru/ui/date-time";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { EVERYTHING, hrefOfPlace } from "../items-place";
import { plannedOf, unplannedOf } from "../run-counts";
import { Starter } from "./run-history";
import { Fact } from "./source-card";
import classes from "./sync.module.css";

/** A tenth of a second is as much as anybody wants to know. */
const toSeconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** When, by whom, how long each phase took; and how many changes of each kind, each leading to them. */
export function RunFacts({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.run");
  const { phases } = run;
  return (
    <div className={classes.stack}>
      <Times run={run} />
      {phases.length > 0 ? (
        <PortletCard title={t("phasesTitle")}>
          <ol className={classes.phases}>
            {phases.map(({ name, ms, count }, place) => (
              // A run that went on after its approval has done a phase twice.
              <li key={`${name} ${place}`}>
                <span className={classes.muted}>{t(`phases.${name}`)}</span>
                <span className={classes.phaseTime}>{t("seconds", { seconds: toSeconds(ms) })}</span>
                <span className={classes.muted}>{t("phaseCount", { count })}</span>
              </li>
            ))}
          </ol>
        </PortletCard>
      ) : null}
      <Counts run={run} />
    </div>
  );
}

function Times({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.run");
  const runs = useTranslations("sync.runs");
  const locale = useLocale();
  const { requestedAt, startedAt, finishedAt, requestedById } = run;
  const tookMs = startedAt && finishedAt ? new Date(finishedAt).getTime() - new Date(startedAt).getTime() : null;
  return (
    <dl className={classes.facts}>
      <Fact name={t("requestedAt")}>
        <DateTime iso={requestedAt} locale={locale} form="full" />
      </Fact>
      <Fact name={t("finishedAt")}>{finishedAt ? <DateTime iso={finishedAt} locale={locale} form="full" /> : "–"}</Fact>
      <Fact name={t("took")}>{tookMs === null ? "–" : t("seconds", { seconds: toSeconds(tookMs) })}</Fact>
      <Fact name={runs("by")}>
        <Starter personId={requestedById} />
      </Fact>
    </dl>
  );
}

function Counts({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync");
  const planned = plannedOf(run.counts);
  const unplanned = unplannedOf(run.counts);
  if (planned.length + unplanned.length === 0) return null;
  return (
    <PortletCard title={t("run.countsTitle")}>
      <ul className={classes.counts}>
        {planned.map(({ target, action, count }) => (
          <li key={`${target} ${action}`}>
            <Link className={classes.count} href={hrefOfPlace(run.id, { ...EVERYTHING, target, action })} scroll={false}>
              {t(`items.targets.${target}`)} {t(`items.actions.${action}`)} <strong>{t("runs.changeCount", { count })}</strong>
            </Link>
          </li>
        ))}
        {unplanned.map(({ status, count }) => (
          <li key={status}>
            <Link className={classes.count} href={hrefOfPlace(run.id, { ...EVERYTHING, status })} scroll={false}>
              {t(`items.statuses.${status}`)} <strong>{t("runs.changeCount", { count })}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
