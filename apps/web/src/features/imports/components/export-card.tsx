"use client";
import { Button, Progress } from "@mantine/core";
import type { PeopleExportView } from "@maru/api/sync/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { formatFileSize } from "../../files/components/file-size";
import classes from "./imports.module.css";

const LOOKED_AT_EVERY_MS = 1_500;
const ExportDialog = dynamic(() => import("./export-dialog").then((module) => module.ExportDialog));

/** The file with the people of the organisation: asked for with a reason, watched while it is made, downloaded. */
export function ExportCard() {
  const t = useTranslations("imports.export");
  const [isAsking, setAsking] = useState(false);
  const { data } = useQuery({
    ...useTRPC().sync.getPeopleExport.queryOptions({}),
    refetchInterval: ({ state }) => (state.data?.state === "PENDING" ? LOOKED_AT_EVERY_MS : false),
  });
  return (
    <PortletCard title={t("title")}>
      <div className={classes.stack}>
        <p className={classes.lead}>{t("description")}</p>
        {data ? <Made made={data} /> : null}
        <div className={classes.actions}>
          <Button variant="default" disabled={data?.state === "PENDING"} onClick={() => setAsking(true)}>
            {t("ask")}
          </Button>
        </div>
        {isAsking ? <ExportDialog onClose={() => setAsking(false)} /> : null}
      </div>
    </PortletCard>
  );
}

function Made({ made: { state, done, total, sizeBytes, fileId, expiresAt } }: { readonly made: PeopleExportView }) {
  const t = useTranslations("imports.export");
  const locale = useLocale();
  if (state === "NONE" || state === "EXPIRED") return null;
  if (state === "FAILED") return <p className={classes.lead}>{t("failed")}</p>;
  const text = t("progress", { done, total });
  return state === "PENDING" ? (
    <div role="status">
      <Progress.Root size="md">
        <Progress.Section
          value={total === 0 ? 5 : (100 * done) / total}
          aria-label={t("making")}
          aria-valuetext={text}
          className={classes.progress}
        />
      </Progress.Root>
      <p className={classes.lead}>{text}</p>
    </div>
  ) : (
    <div className={classes.actions}>
      <Button component="a" href={`/api/files/${fileId}`} download leftSection={<IconDownload size={18} stroke={1.5} aria-hidden />}>
        {t("download", { count: total })} ({formatFileSize(sizeBytes)})
      </Button>
      {expiresAt ? (
        <span className={classes.lead}>
          {t("until")} <DateTime iso={expiresAt} locale={locale} form="full" />
        </span>
      ) : null}
    </div>
  );
}
