import type { FileView } from "@maru/api/files/contract";

/** What a file is sent for: a picture stands in the text, an attachment below it. */
export type UploadPurpose = "picture" | "attachment";

/** Why a file did not arrive; `isFinal` when sending the same file again cannot help. */
export type UploadProblem = { readonly code: string; readonly isFinal: boolean; readonly requestId: string | null };

export type UploadPhase =
  | { readonly name: "waiting" }
  | { readonly name: "sending"; readonly sentBytes: number }
  /** Every byte was sent; the server looks at the file. */
  | { readonly name: "checking" }
  | { readonly name: "done"; readonly result: FileView }
  | { readonly name: "failed"; readonly problem: UploadProblem };

export type Upload = {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly purpose: UploadPurpose;
  /** Raised by every attempt: what an abandoned attempt still reports is not believed. */
  readonly attempt: number;
  readonly phase: UploadPhase;
};

export type UploadReport =
  | { readonly type: "started" }
  | { readonly type: "progressed"; readonly sentBytes: number }
  | { readonly type: "sent" }
  | { readonly type: "answered"; readonly result: FileView }
  | { readonly type: "failed"; readonly problem: UploadProblem };

const isUnderWay = (phase: UploadPhase) => phase.name === "sending" || phase.name === "checking";

/** Whether an upload still needs its person's patience. */
export const isPending = (upload: Upload): boolean => upload.phase.name === "waiting" || isUnderWay(upload.phase);
export const isFailed = (upload: Upload): boolean => upload.phase.name === "failed";

const nextPhase = (upload: Upload, report: UploadReport): UploadPhase => {
  const { phase } = upload;
  switch (report.type) {
    case "started":
      return phase.name === "waiting" ? { name: "sending", sentBytes: 0 } : phase;
    case "progressed":
      // Progress never runs backwards, whatever order the browser reports in.
      return phase.name === "sending"
        ? { name: "sending", sentBytes: Math.min(upload.sizeBytes, Math.max(phase.sentBytes, report.sentBytes)) }
        : phase;
    case "sent":
      return phase.name === "sending" ? { name: "checking" } : phase;
    case "answered":
      return isUnderWay(phase) ? { name: "done", result: report.result } : phase;
    case "failed":
      return phase.name === "done" ? phase : { name: "failed", problem: report.problem };
  }
};

/** What a report of an attempt makes of an upload; the same object when it changes nothing. */
export const applyReport = (upload: Upload, attempt: number, report: UploadReport): Upload => {
  if (attempt !== upload.attempt) return upload;
  const phase = nextPhase(upload, report);
  return phase === upload.phase ? upload : { ...upload, phase };
};

/** A failed upload back in the queue; anything else stays as it is. */
export const retried = (upload: Upload): Upload =>
  upload.phase.name === "failed" && !upload.phase.problem.isFinal
    ? { ...upload, attempt: upload.attempt + 1, phase: { name: "waiting" } }
    : upload;

/** The share that has arrived, 0 to 1. The last step is kept for the server's answer, so that a full bar means done. */
export const progressOf = (upload: Upload): number => {
  if (upload.phase.name === "done") return 1;
  if (upload.phase.name === "checking") return 0.98;
  if (upload.phase.name === "sending") return upload.sizeBytes === 0 ? 0 : (upload.phase.sentBytes / upload.sizeBytes) * 0.98;
  return 0;
};
