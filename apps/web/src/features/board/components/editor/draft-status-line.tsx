"use client";
import { DateTime } from "@maru/ui/date-time";
import { IconAlertTriangle, IconCircleCheck, IconCloudUpload, IconPencil } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { DraftStatus } from "../../hooks/draft-saver";
import classes from "./post-form.module.css";

const ICONS = { changed: IconPencil, saving: IconCloudUpload, saved: IconCircleCheck, failed: IconAlertTriangle };

/** Where the text stands: unsaved, being saved, saved at a time, or kept in this browser because the server is away. */
export const DraftStatusLine = ({ status }: { readonly status: DraftStatus }) => {
  const t = useTranslations("board.draft");
  const locale = useLocale();
  if (status.name === "clean") return null;
  const Sign = ICONS[status.name];
  return (
    <span className={classes.status} data-state={status.name} role="status">
      <Sign size={16} stroke={1.5} aria-hidden />
      {status.name === "saved" ? (
        <span>
          <DateTime iso={status.savedAt} now={status.savedAt} locale={locale} /> {t("saved")}
        </span>
      ) : (
        <span>{t(status.name)}</span>
      )}
    </span>
  );
};
