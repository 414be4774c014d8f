"use client";
import { Button, Progress } from "@mantine/core";
import type { ExportView } from "@maru/api/privacy/contract";
import { DateTime } from "@maru/ui/date-time";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { formatFileSize } from "../../files/components/file-size";
import { usePrivacyChange } from "../hooks/use-privacy-change";
import classes from "./privacy.module.css";

const LOOKED_AT_EVERY_MS = 2_000;

/** The file with everything about the person: asked for, watched while it is made, downloaded. */
export function OwnExport() {
  const t = useTranslations("privacy.export");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery({
    ...trpc.privacy.getExport.queryOptions(),
    refetchOnMount: "always",
    // While it is made, the page follows it; afterwards nothing changes by itself for days.
    refetchInterval: ({ state }) => (state.data?.state === "PENDING" ? LOOKED_AT_EVERY_MS : false),
  });
  return (
    <section aria-labelledby="own-export" className={classes.section}>
      <h2 id="own-export" className={classes.heading}>
        {t("title")}
      </h2>
      <p className={classes.lead}>{t("description")}</p>
      {isPending ? <SkeletonList shape="cards" count={1} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {data ? <State made={data} /> : null}
      {data && data.state !== "PENDING" ? <Ask isFirst={data.state === "NONE"} /> : null}
    </section>
  );
}

function Ask({ isFirst }: { readonly isFirst: boolean }) {
  const t = useTranslations("privacy.export");
  const { done, failed } = usePrivacyChange();
  const { mutate, isPending } = useMutation(
    useTRPC().privacy.requestExport.mutationOptions({ onSuccess: () => done(t("requested"), t("requestedNote")), onError: failed }),
  );
  return (
    <div>
      <Button variant={isFirst ? "filled" : "default"} loading={isPending} onClick={() => mutate({})}>
        {t(isFirst ? "request" : "again")}
      </Button>
    </div>
  );
}

const TONES = { PENDING: "progress", READY: "done", FAILED: "wrong", EXPIRED: "neutral" } as const satisfies Record<string, StatusTone>;
const WORDS = { PENDING: "pending", READY: "ready", FAILED: "failed", EXPIRED: "expired" } as const;

function State({ made }: { readonly made: ExportView }) {
  const t = useTranslations("privacy.export");
  const locale = useLocale();
  const { state, requestedAt } = made;
  if (state === "NONE") return null;
  return (
    <div className={classes.card}>
      <p className={classes.name}>
        <StatusBadge tone={TONES[state]} label={t(WORDS[state])} />
        {requestedAt ? (
          <span className={classes.about}>
            {t("requestedAt")} <DateTime iso={requestedAt} locale={locale} />
          </span>
        ) : null}
      </p>
      {state === "PENDING" ? <Making made={made} /> : null}
      {state === "READY" ? <Ready made={made} /> : null}
      {state === "FAILED" ? <p className={classes.about}>{t("failedNote")}</p> : null}
      {state === "EXPIRED" ? <p className={classes.about}>{t("expiredNote")}</p> : null}
    </div>
  );
}

function Making({ made: { partsDone, partCount, entryCount } }: { readonly made: ExportView }) {
  const t = useTranslations("privacy.export");
  const text = t("progress", { done: partsDone, count: partCount, entries: entryCount });
  return (
    <>
      <Progress.Root size="md">
        <Progress.Section
          value={partCount === 0 ? 0 : (100 * partsDone) / partCount}
          aria-label={t("pending")}
          aria-valuetext={text}
          className={classes.progress}
        />
      </Progress.Root>
      <p className={classes.about}>{text}</p>
    </>
  );
}

function Ready({ made: { fileId, sizeBytes, expiresAt } }: { readonly made: ExportView }) {
  const t = useTranslations("privacy.export");
  const locale = useLocale();
  return (
    <>
      {expiresAt ? (
        <p className={classes.about}>
          {t("readyUntil")} <DateTime iso={expiresAt} locale={locale} form="full" />
        </p>
      ) : null}
      <div>
        <Button component="a" href={`/api/files/${fileId}`} download leftSection={<IconDownload size={18} stroke={1.5} aria-hidden />}>
          {t("download")} ({formatFileSize(sizeBytes)})
        </Button>
      </div>
    </>
  );
}
