"use client";
import type { SampleView, StageView } from "@maru/api/sync/contract";
import { DateTime } from "@maru/ui/date-time";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./source.module.css";

type Value = StageView["facts"][string];
type StageFactsProps = { readonly view: StageView; readonly samples: readonly SampleView[] };

const textOf = (value: Value | undefined): string => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));
const numberOf = (value: Value | undefined): number => (typeof value === "number" ? value : 0);

/** What a stage has seen: of a certificate also when it is refused, because that is what one has to look at then. */
export function StageFacts({ view, samples }: StageFactsProps) {
  const { stage, state, facts } = view;
  return (
    <>
      {state === "passed" ? <Passed view={view} /> : null}
      {stage === "tls" || stage === "startTls" ? <Certificate facts={facts} /> : null}
      {stage === "filter" && state === "passed" ? <FoundEntries facts={facts} /> : null}
      {stage === "mapping" && state === "passed" ? <Mapped facts={facts} samples={samples} /> : null}
    </>
  );
}

function Passed({ view: { stage, facts } }: { readonly view: StageView }) {
  const t = useTranslations("sync.test");
  const kind = textOf(facts.kind);
  const values = {
    ...{ host: textOf(facts.host), addresses: textOf(facts.addresses), address: textOf(facts.address), port: textOf(facts.port) },
    ...{ dn: textOf(facts.dn), kind: t(`serverKinds.${kind === "ad" || kind === "openldap" ? kind : "other"}`) },
    count: stage === "mapping" ? numberOf(facts.samples) : numberOf(facts.count),
  };
  if (stage === "filter" && values.count === 0) return <p className={classes.said}>{t("filterNone")}</p>;
  return <p className={classes.said}>{t(`passed.${stage}`, values)}</p>;
}

function Certificate({ facts }: { readonly facts: StageView["facts"] }) {
  const t = useTranslations("sync.test");
  const locale = useLocale();
  const validTo = textOf(facts.validTo);
  if (!facts.fingerprint) return null;
  const rows = [
    [t("subject"), textOf(facts.subject)],
    [t("issuer"), textOf(facts.issuer)],
    [t("names"), textOf(facts.names)],
    [t("validTo"), validTo ? <DateTime key="to" iso={validTo} locale={locale} form="full" /> : ""],
    [t("protocol"), textOf(facts.protocol)],
    [t("fingerprint"), <code key="print">{textOf(facts.fingerprint)}</code>],
  ] as const;
  return (
    <dl className={classes.facts} aria-label={t("certificate")}>
      {rows.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </dl>
  );
}

function FoundEntries({ facts }: { readonly facts: StageView["facts"] }) {
  const t = useTranslations("sync.test");
  const samples = Array.isArray(facts.samples) ? facts.samples : [];
  if (samples.length === 0) return null;
  return (
    <dl className={classes.facts}>
      <Fact name={t("samples")}>
        {samples.map((dn) => (
          <div key={dn}>
            <code className={classes.code}>{dn}</code>
          </div>
        ))}
      </Fact>
    </dl>
  );
}

const VERDICTS = ["create", "update", "deactivate", "unchanged", "conflict", "ignored"] as const satisfies readonly SampleView["verdict"][];

function Mapped({ facts, samples }: Omit<StageFactsProps, "view"> & { readonly facts: StageView["facts"] }) {
  const t = useTranslations("sync.test");
  const fields = useTranslations("sync.items.fields");
  const missing = Object.entries(facts).flatMap(([name, value]) =>
    name.startsWith("missing.") ? [[name.slice(8), numberOf(value)] as const] : [],
  );
  const verdicts = VERDICTS.map((verdict) => [verdict, samples.filter((sample) => sample.verdict === verdict).length] as const);
  return (
    <>
      {numberOf(facts.departments) > 0 ? (
        <p className={classes.said}>{t("departmentsFound", { count: numberOf(facts.departments) })}</p>
      ) : null}
      {numberOf(facts.withoutId) > 0 ? <p className={classes.said}>{t("withoutId", { count: numberOf(facts.withoutId) })}</p> : null}
      <dl className={classes.facts}>
        <Fact name={t("verdictsTitle")}>
          {verdicts
            .filter(([, count]) => count > 0)
            .map(([verdict, count]) => t("verdictCount", { verdict: t(`verdicts.${verdict}`), count }))
            .join(" · ")}
        </Fact>
        {missing.length > 0 ? (
          <Fact name={t("missing")}>
            {missing.map(([field, count]) => t("missingCount", { field: fields.has(field) ? fields(field) : field, count })).join(" · ")}
          </Fact>
        ) : null}
      </dl>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
