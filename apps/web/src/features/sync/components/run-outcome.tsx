"use client";
import { Alert, Button, Progress } from "@mantine/core";
import type { RunView } from "@maru/api/sync/contract";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHandStop, IconProgress } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "../../../trpc/client";
import { useStartRun } from "../hooks/use-start-run";
import { isUnderWay, useWords } from "../hooks/use-words";
import { EVERYTHING, hrefOfPlace } from "../items-place";
import { changesOf } from "../run-counts";
import { ApproveDialog } from "./approve-dialog";
import classes from "./sync.module.css";

const sign = { size: 20, stroke: 1.5, "aria-hidden": true } as const;

/** What a run is doing or how it came out, and what to do now: the first thing on its page. */
export function RunOutcome({ run }: { readonly run: RunView }) {
  if (isUnderWay(run)) return <UnderWay run={run} />;
  if (run.state === "WAITING_APPROVAL") return <Held run={run} />;
  if (run.state === "FAILED") return <Failed run={run} code={run.failure ?? "unknown"} />;
  if (run.state === "CANCELLED") return <Cancelled run={run} />;
  return <Done run={run} />;
}

function UnderWay({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.run");
  const { done, total } = run;
  const state =
    run.state === "QUEUED" || run.state === "READING" || run.state === "PLANNED" || run.state === "APPLYING" ? run.state : "LINKING";
  const isMeasured = total > 0 && (state === "APPLYING" || state === "LINKING");
  return (
    <Alert color="indigo" icon={<IconProgress {...sign} />} title={t(`states.${run.state}`)}>
      <p>{t(`said.${state}`, { done })}</p>
      {isMeasured ? (
        <>
          <Progress aria-label={t("progress")} value={(done / total) * 100} mt={12} />
          <p className={classes.muted}>{t("progressOf", { done, total })}</p>
        </>
      ) : null}
    </Alert>
  );
}

function Held({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.hold");
  const { id, held, heldCount, can } = run;
  return (
    <Alert color="gardenia" icon={<IconHandStop {...sign} />} title={t("title")}>
      <p>{t("description")}</p>
      <Reasons held={held} />
      <div className={classes.alertActions}>
        {can.approve ? <ApproveDialog run={run} /> : null}
        {heldCount > 0 ? (
          <Button component={Link} variant="default" href={hrefOfPlace(id, { ...EVERYTHING, isHeld: true })}>
            {t("show")}
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}

// A file is previewed and applied where it was uploaded.
const isOfServer = ({ sourceKind }: RunView): boolean => sourceKind !== "FILE";

function Failed({ run, code }: { readonly run: RunView; readonly code: string }) {
  const t = useTranslations("sync.run");
  const words = useWords();
  const { start, isStarting } = useStartRun();
  const { title, description } = words.failure(code);
  return (
    <Alert color="safflower" icon={<IconCircleX {...sign} />} title={title}>
      <p>{description}</p>
      <p>{t("kept")}</p>
      {run.failureDetail ? (
        <span className={classes.detail}>
          {t("detail")}: <code>{run.failureDetail}</code>
        </span>
      ) : null}
      {isOfServer(run) ? (
        <div className={classes.alertActions}>
          <Button component={Link} variant="default" href={`/admin/sync/sources/${run.sourceId}`}>
            {t("settings")}
          </Button>
          <Button variant="default" loading={isStarting} onClick={() => start({ sourceId: run.sourceId, isDryRun: true, isFull: true })}>
            {t("again")}
          </Button>
        </div>
      ) : null}
    </Alert>
  );
}

function Cancelled({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.run");
  const words = useWords();
  const why = run.failure ? words.failure(run.failure) : null;
  return (
    <Alert color="gray" icon={<IconCircleX {...sign} />} title={why?.title ?? t("states.CANCELLED")}>
      {why?.description ?? t("said.CANCELLED")}
    </Alert>
  );
}

function Done({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.run");
  const { start, isStarting } = useStartRun();
  const changes = changesOf(run.counts);
  const hasConflicts = (run.counts.CONFLICT ?? 0) > 0;
  const failed = useQuery(useTRPC().sync.listItems.queryOptions({ runId: run.id, status: "FAILED", limit: 1 }));
  const hasFailed = (failed.data?.items.length ?? 0) > 0;
  if (changes === 0 && !hasConflicts) return <Outcome title={t("doneNothing")}>{t("doneNothingDescription")}</Outcome>;
  if (run.isDryRun)
    return (
      <Outcome title={t("doneDry")}>
        <p>{t("doneDryDescription")}</p>
        <WouldWait run={run} />
        {isOfServer(run) ? (
          <div className={classes.alertActions}>
            <Button loading={isStarting} onClick={() => start({ sourceId: run.sourceId, isDryRun: false, isFull: run.isFull })}>
              {t("runNow")}
            </Button>
          </div>
        ) : null}
      </Outcome>
    );
  if (!hasConflicts && !hasFailed) return <Outcome title={t("done")}>{t("doneDescription", { count: changes })}</Outcome>;
  return (
    <Alert color="gardenia" icon={<IconAlertTriangle {...sign} />} title={t("doneLeft")}>
      <p>{t("doneLeftDescription")}</p>
      <div className={classes.alertActions}>
        {hasConflicts ? (
          <Button component={Link} variant="default" href={hrefOfPlace(run.id, { ...EVERYTHING, status: "CONFLICT" })}>
            {t("showConflicts")}
          </Button>
        ) : null}
        {hasFailed ? (
          <Button component={Link} variant="default" href={hrefOfPlace(run.id, { ...EVERYTHING, status: "FAILED" })}>
            {t("showFailed")}
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}

// That nobody has looked yet is over with this preview; whatever else would make a run wait is said beforehand.
function WouldWait({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.hold");
  const held = run.held.filter(({ reason }) => reason !== "scopeChanged");
  if (held.length === 0) return null;
  return (
    <>
      <p>{t("wouldWait")}</p>
      <Reasons held={held} />
    </>
  );
}

function Reasons({ held }: Pick<RunView, "held">) {
  const t = useTranslations("sync.hold");
  return (
    <ul className={classes.reasons}>
      {held.map(({ reason, count, of }) => (
        <li key={reason}>{t(`reasons.${reason}`, { count, of })}</li>
      ))}
    </ul>
  );
}

function Outcome({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Alert color="pine" icon={<IconCircleCheck {...sign} />} title={title}>
      {children}
    </Alert>
  );
}
