"use client";
import { UploadProgress, type UploadState } from "@maru/ui/upload-progress";
import { useTranslations } from "next-intl";
import { progressOf, type Upload, type UploadPhase } from "../hooks/upload-state";
import classes from "./attachments.module.css";
import { formatFileSize } from "./file-size";
import { useProblemText } from "./use-problem-text";

const STATES: Readonly<Record<UploadPhase["name"], UploadState>> = {
  waiting: "waiting",
  sending: "uploading",
  checking: "processing",
  done: "done",
  failed: "failed",
};

type UploadListProps = {
  readonly uploads: readonly Upload[];
  readonly onCancel: (id: string) => void;
  readonly onRetry: (id: string) => void;
};

const sizeOf = (upload: Upload) =>
  upload.phase.name === "sending"
    ? `${formatFileSize(upload.phase.sentBytes)} / ${formatFileSize(upload.sizeBytes)}`
    : formatFileSize(upload.sizeBytes);

/** The files that are on their way, each with how far it is, and those that did not arrive, each with why. */
export const UploadList = ({ uploads, onCancel, onRetry }: UploadListProps) => {
  const t = useTranslations("files");
  const problemText = useProblemText();
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.uploads} aria-label={t("uploads")}>
      {uploads.map((upload) => {
        const { phase } = upload;
        const percent = Math.round(progressOf(upload) * 100);
        const problem = phase.name === "failed" ? problemText(phase.problem) : null;
        return (
          <li key={upload.id}>
            <UploadProgress
              fileName={upload.fileName}
              state={STATES[phase.name]}
              percent={percent}
              statusText={problem ? `${problem.title}. ${problem.description}` : t(`phase.${phase.name}`, { percent })}
              sizeText={sizeOf(upload)}
              onCancel={() => onCancel(upload.id)}
              onRetry={phase.name === "failed" && !phase.problem.isFinal ? () => onRetry(upload.id) : undefined}
              labels={{ cancel: phase.name === "failed" ? t("remove") : t("cancel"), retry: t("retry") }}
            />
          </li>
        );
      })}
    </ul>
  );
};
