import { type FileView, fileView } from "@maru/api/files/contract";
import { z } from "zod";
import type { UploadProblem, UploadReport } from "./upload-state";

const refusal = z.object({
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).nullish(), requestId: z.string().nullish() }),
});

/** Refusals that stand for the file itself: only another file helps. */
const FINAL_CODES = new Set([
  "files.emptyFile",
  "files.tooLarge",
  "files.typeNotAllowed",
  "files.contentMismatch",
  "files.nameInvalid",
  "common.tooLarge",
  "common.forbidden",
]);

export const problemOf = (code: string, requestId: string | null = null): UploadProblem => ({
  code,
  isFinal: FINAL_CODES.has(code),
  requestId,
});

const STATUS_CODES: Readonly<Record<number, string>> = {
  401: "common.signInRequired",
  403: "common.forbidden",
  413: "files.tooLarge",
  429: "common.rateLimited",
  503: "common.unavailable",
};

/** What the server said about a file: its view, or why it was refused. */
export const readAnswer = (status: number, body: string): FileView | UploadProblem => {
  let value: unknown = null;
  try {
    value = JSON.parse(body);
  } catch {
    // A proxy in between answers with a page of its own; the status still says what happened.
  }
  const file = status === 201 || status === 200 ? fileView.safeParse(value) : null;
  if (file?.success) return file.data;
  const refused = refusal.safeParse(value);
  if (refused.success) return problemOf(refused.data.error.code, refused.data.error.requestId ?? null);
  return problemOf(STATUS_CODES[status] ?? "files.uploadFailed");
};

const isFileView = (answer: FileView | UploadProblem): answer is FileView => "url" in answer;

/** Sends one file and reports what happens to it; returns how to stop. */
export type SendFile = (file: File, report: (report: UploadReport) => void) => () => void;

/** The raw bytes to the upload door. XMLHttpRequest, because only it tells how much has been sent. */
export const sendFile: SendFile = (file, report) => {
  const request = new XMLHttpRequest();
  request.open("POST", "/api/files");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Maru-File-Name", encodeURIComponent(file.name.normalize("NFC")));
  request.upload.onprogress = (event) => report({ type: "progressed", sentBytes: event.loaded });
  request.upload.onload = () => report({ type: "sent" });
  request.onerror = () => report({ type: "failed", problem: problemOf("files.connectionLost") });
  request.onload = () => {
    const answer = readAnswer(request.status, request.responseText);
    report(isFileView(answer) ? { type: "answered", result: answer } : { type: "failed", problem: answer });
  };
  report({ type: "started" });
  request.send(file);
  return () => request.abort();
};
