"use client";
import { Button } from "@mantine/core";
import type { StateView, VerificationView } from "@maru/api/audit/contract";
import { DateTime } from "@maru/ui/date-time";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconShieldCheck } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { QueryError } from "../../../shell/states/query-error";
import { useVerification } from "../hooks/use-verification";
import classes from "./state-line.module.css";

/** How far the log is sealed and anchored, and whether it is whole. */
export function StateLine() {
  const t = useTranslations("audit.state");
  const { state, isVerifying, verify } = useVerification();
  if (state.isError) return <QueryError error={state.error} onRetry={() => void state.refetch()} />;
  return (
    <section className={classes.state} aria-label={t("label")}>
      <div className={classes.facts} role="status">
        <Sealed state={state.data} />
        <Verified verification={state.data?.lastVerification ?? null} isVerifying={isVerifying} />
      </div>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={18} stroke={1.5} aria-hidden />}
        loading={isVerifying}
        disabled={!state.data}
        onClick={verify}
      >
        {t("verify")}
      </Button>
      <Findings verification={state.data?.lastVerification ?? null} />
    </section>
  );
}

function Sealed({ state }: { readonly state: StateView | undefined }) {
  const t = useTranslations("audit.state");
  const locale = useLocale();
  if (!state) return <span className={classes.quiet}>{t("reading")}</span>;
  return (
    <>
      <strong>{t("counts", { sealed: state.lastSeq, unsealed: state.unsealed })}</strong>
      <span className={classes.quiet}>
        {state.lastAnchor ? (
          <>
            {t("anchor", { seq: state.lastAnchor.seq })} <DateTime iso={state.lastAnchor.at} locale={locale} />
          </>
        ) : (
          t("noAnchor")
        )}
      </span>
    </>
  );
}

function Verified({ verification, isVerifying }: { readonly verification: VerificationView | null; readonly isVerifying: boolean }) {
  const t = useTranslations("audit.state");
  const locale = useLocale();
  if (isVerifying) return <StatusBadge tone="progress" label={t("verifying")} />;
  if (!verification) return <StatusBadge tone="neutral" label={t("never")} />;
  const { findingCount, checked, finishedAt } = verification;
  return (
    <span className={classes.verified}>
      <StatusBadge
        tone={findingCount === 0 ? "done" : "wrong"}
        label={findingCount === 0 ? t("whole", { checked }) : t("broken", { findingCount })}
      />
      <span className={classes.quiet}>
        <DateTime iso={finishedAt} locale={locale} />
      </span>
    </span>
  );
}

function Findings({ verification }: { readonly verification: VerificationView | null }) {
  const t = useTranslations("audit");
  if (!verification || verification.findingCount === 0) return null;
  const { findings, findingCount } = verification;
  return (
    <div className={classes.findings}>
      <p>{t("state.advice")}</p>
      <ul>
        {findings.map(({ kind, seq, toSeq, entryId }) => (
          <li key={`${kind} ${seq} ${entryId}`}>
            {seq === null
              ? t("findings.noNumber")
              : toSeq === null
                ? t("findings.number", { seq })
                : t(`findings.${kind === "swapped" ? "pair" : "range"}`, { seq, toSeq })}{" "}
            {t(`findings.${kind}`)}
          </li>
        ))}
      </ul>
      {findingCount > findings.length ? <p>{t("findings.more", { count: findingCount - findings.length })}</p> : null}
    </div>
  );
}
