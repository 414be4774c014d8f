"use client";
import { Button } from "@mantine/core";
import { DOCUMENT_KINDS, type DocumentKind, type DocumentView } from "@maru/api/privacy/contract";
import { DateTime } from "@maru/ui/date-time";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { StatusBadge } from "@maru/ui/status-badge";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import classes from "../components/privacy.module.css";
import { PublishDialog } from "../components/publish-dialog";
import { useText } from "../hooks/use-text";

/** The texts that people agree to, each with its versions; here the next one is published. */
export function DocumentsScreen() {
  const t = useTranslations("privacy.documents");
  const shell = useTranslations("shell");
  const { data, isPending, error, refetch } = useQuery({ ...useTRPC().privacy.listDocuments.queryOptions(), refetchOnMount: "always" });
  const [publishing, setPublishing] = useState<DocumentKind | null>(null);
  const versionsOf = (kind: DocumentKind) => data?.filter((one) => one.kind === kind) ?? [];
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} />
      {isPending ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {data
        ? DOCUMENT_KINDS.map((kind) => <Kind key={kind} kind={kind} versions={versionsOf(kind)} onPublish={() => setPublishing(kind)} />)
        : null}
      {publishing ? <PublishDialog kind={publishing} current={versionsOf(publishing)[0]} onClose={() => setPublishing(null)} /> : null}
    </div>
  );
}

type KindProps = { readonly kind: DocumentKind; readonly versions: readonly DocumentView[]; readonly onPublish: () => void };

function Kind({ kind, versions: [current, ...former], onPublish }: KindProps) {
  const t = useTranslations("privacy.documents");
  const name = t(`kinds.${kind}`);
  return (
    <section className={classes.section} aria-label={name}>
      <div className={classes.actions}>
        <h2 className={classes.heading}>{name}</h2>
        {current ? null : <span className={classes.about}>{t("none")}</span>}
      </div>
      {current ? (
        <ul className={classes.list}>
          <Version version={current} isCurrent />
          {former.map((version) => (
            <Version key={version.id} version={version} isCurrent={false} />
          ))}
        </ul>
      ) : null}
      <div>
        <Button variant="default" size="xs" aria-label={`${t(current ? "publish" : "publishFirst")}: ${name}`} onClick={onPublish}>
          {t(current ? "publish" : "publishFirst")}
        </Button>
      </div>
    </section>
  );
}

function Version({ version, isCurrent }: { readonly version: DocumentView; readonly isCurrent: boolean }) {
  const t = useTranslations("privacy.documents");
  const words = useTranslations("privacy.consents");
  const locale = useLocale();
  const { title } = useText()(version);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {title}
          <span className={classes.about}>{words("version", { version: version.version })}</span>
          {isCurrent ? <StatusBadge tone="done" label={t("current")} /> : null}
          <StatusBadge tone="neutral" label={words(version.isRequired ? "required" : "optional")} />
        </p>
        <p className={classes.about}>
          {t("publishedAt")} <DateTime iso={version.publishedAt} locale={locale} />
        </p>
      </div>
      <span className={classes.about}>{t("consents", { count: version.consentCount })}</span>
    </li>
  );
}
