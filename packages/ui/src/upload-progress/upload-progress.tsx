"use client";
import { ActionIcon } from "@mantine/core";
import { type Icon, IconCircleCheck, IconCircleX, IconClock, IconRefresh, IconUpload, IconWand, IconX } from "@tabler/icons-react";
import classes from "./upload-progress.module.css";

export type UploadState = "waiting" | "uploading" | "processing" | "done" | "failed";

const stateIcons: Readonly<Record<UploadState, Icon>> = {
  waiting: IconClock,
  uploading: IconUpload,
  processing: IconWand,
  done: IconCircleCheck,
  failed: IconCircleX,
};

export type UploadProgressProps = {
  readonly fileName: string;
  readonly state: UploadState;
  /** 0 to 100 while bytes travel. */
  readonly percent?: number;
  /** The state in words: "올리는 중 42 %", "크기가 너무 커요 (최대 50 MB)". */
  readonly statusText: string;
  /** "4.2 / 12.0 MB". */
  readonly sizeText?: string;
  readonly onCancel?: () => void;
  readonly onRetry?: () => void;
  readonly labels: { readonly cancel: string; readonly retry: string };
};

/** One file on its way: name, how far it is, and a way to stop or to try again. */
export function UploadProgress(props: UploadProgressProps) {
  const { fileName, state, percent = 0, statusText, sizeText, onCancel, onRetry, labels } = props;
  const Sign = stateIcons[state];
  const filled = state === "done" || state === "processing" ? 100 : state === "waiting" ? 0 : Math.min(100, Math.max(0, percent));
  const isMoving = state === "uploading" || state === "processing";
  return (
    <div className={classes.upload} data-state={state}>
      <Sign className={classes.sign} size={20} stroke={1.5} aria-hidden />
      <div className={classes.body}>
        <div className={classes.line}>
          <span className={classes.name} title={fileName}>
            {fileName}
          </span>
          {sizeText ? <span className={classes.size}>{sizeText}</span> : null}
        </div>
        <div
          className={classes.track}
          role="progressbar"
          aria-label={fileName}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={state === "processing" ? undefined : Math.round(filled)}
          aria-valuetext={statusText}
        >
          <div className={classes.fill} style={{ inlineSize: `${filled}%` }} />
        </div>
        {/* Percentages would be read aloud many times a second; only the end of it is news. */}
        <span className={classes.status} role={isMoving ? undefined : "status"}>
          {statusText}
        </span>
      </div>
      <div className={classes.actions}>
        {state === "failed" && onRetry ? (
          <ActionIcon size={28} onClick={onRetry} aria-label={`${labels.retry}: ${fileName}`} title={labels.retry}>
            <IconRefresh size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        ) : null}
        {state !== "done" && onCancel ? (
          <ActionIcon size={28} onClick={onCancel} aria-label={`${labels.cancel}: ${fileName}`} title={labels.cancel}>
            <IconX size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        ) : null}
      </div>
    </div>
  );
}
