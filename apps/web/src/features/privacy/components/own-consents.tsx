"use client";
import { Button, Modal } from "@mantine/core";
import type { ConsentsView, ConsentView } from "@maru/api/privacy/contract";
import { DateTime } from "@maru/ui/date-time";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { StatusBadge } from "@maru/ui/status-badge";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { usePrivacyChange } from "../hooks/use-privacy-change";
import { useText } from "../hooks/use-text";
import { DocumentText } from "./document-text";
import classes from "./privacy.module.css";

/** What the person has agreed to, and when. */
export function OwnConsents() {
  const t = useTranslations("privacy.consents");
  const shell = useTranslations("shell");
  const { data, isPending, error, refetch } = useQuery({ ...useTRPC().privacy.listConsents.queryOptions(), refetchOnMount: "always" });
  const [shown, setShown] = useState<ConsentView | null>(null);
  const textOf = useText();
  return (
    <section aria-labelledby="own-consents" className={classes.section}>
      <h2 id="own-consents" className={classes.heading}>
        {t("title")}
      </h2>
      <p className={classes.lead}>{t("description")}</p>
      {isPending ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {data?.documents.length === 0 ? <p className={classes.about}>{t("empty")}</p> : null}
      {data && data.documents.length > 0 ? (
        <ul className={classes.list} aria-label={t("title")}>
          {data.documents.map((document) => (
            <Consent key={document.id} document={document} onRead={() => setShown(document)} />
          ))}
        </ul>
      ) : null}
      {data ? <History history={data.history} documents={data.documents} /> : null}
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown ? textOf(shown).title : ""}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        {shown ? <DocumentText document={shown} /> : null}
      </Modal>
    </section>
  );
}

function Consent({ document, onRead }: { readonly document: ConsentView; readonly onRead: () => void }) {
  const t = useTranslations("privacy.consents");
  const locale = useLocale();
  const { title } = useText()(document);
  const { id, version, isRequired, givenAt } = document;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {title}
          <span className={classes.about}>{t("version", { version })}</span>
          <StatusBadge tone="neutral" label={t(isRequired ? "required" : "optional")} />
        </p>
        <p className={classes.about}>
          {givenAt ? (
            <>
              {t("givenAt")} <DateTime iso={givenAt} locale={locale} />
            </>
          ) : (
            t("missing")
          )}
        </p>
      </div>
      <div className={classes.actions}>
        <Button size="xs" variant="default" aria-label={t("readNamed", { title })} onClick={onRead}>
          {t("read")}
        </Button>
        {givenAt === null ? <Give id={id} title={title} /> : null}
        {givenAt !== null && !isRequired ? <Withdraw id={id} title={title} /> : null}
      </div>
    </li>
  );
}

type Named = { readonly id: string; readonly title: string };

function Give({ id, title }: Named) {
  const t = useTranslations("privacy.consents");
  const { done, failed } = usePrivacyChange();
  const { mutate, isPending } = useMutation(
    useTRPC().privacy.giveConsents.mutationOptions({ onSuccess: () => done(t("given"), title), onError: failed }),
  );
  return (
    <Button
      size="xs"
      variant="light"
      loading={isPending}
      aria-label={t("giveNamed", { title })}
      onClick={() => mutate({ documentIds: [id] })}
    >
      {t("give")}
    </Button>
  );
}

function Withdraw({ id, title }: Named) {
  const t = useTranslations("privacy.consents");
  const { done, failed } = usePrivacyChange();
  const { mutate, isPending } = useMutation(
    useTRPC().privacy.withdrawConsent.mutationOptions({ onSuccess: () => done(t("withdrawn"), title), onError: failed }),
  );
  return (
    <Button size="xs" variant="default" loading={isPending} aria-label={t("withdrawNamed", { title })} onClick={() => mutate({ id })}>
      {t("withdraw")}
    </Button>
  );
}

/** What does not hold any more: versions that were replaced, and consents that were taken back. */
function History({ history, documents }: ConsentsView) {
  const t = useTranslations("privacy.consents");
  const locale = useLocale();
  const textOf = useText();
  const isPast = ({ kind, version, withdrawnAt }: ConsentsView["history"][number]) =>
    withdrawnAt !== null || !documents.some((one) => one.kind === kind && one.version === version);
  const past = history.filter(isPast);
  if (past.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>{t("history")}</h3>
      <ul className={classes.list} aria-label={t("history")}>
        {past.map((one) => (
          <li key={`${one.kind} ${one.version} ${one.givenAt}`} className={classes.row}>
            <p className={classes.about}>
              {textOf(one).title} {t("version", { version: one.version })} · {t("givenAt")} <DateTime iso={one.givenAt} locale={locale} />
              {one.withdrawnAt ? (
                <>
                  {" · "}
                  {t("withdrawnAt")} <DateTime iso={one.withdrawnAt} locale={locale} />
                </>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
