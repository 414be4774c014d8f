"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { failureOf, isConnectionLost } from "../trpc/failure";

export type ErrorText = {
  /** What happened. */
  readonly title: string;
  /** Why, and what to do now. */
  readonly description: string;
  /** For support: the code and the request's id. Nothing to show for what explains itself. */
  readonly code: string | null;
  readonly requestId: string | null;
};

/** Details that sentences may name: words and numbers. Whatever else an error carries is for the screen that knows its shape. */
const values = (details: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(details).filter((entry): entry is [string, string | number] => ["string", "number"].includes(typeof entry[1])),
  );

/** Waiting is told in whole minutes, rounded up: who comes back too early is refused again. */
const withMinutes = (details: Readonly<Record<string, unknown>>) => {
  const { retryAfterMs, retryAfterSeconds } = details;
  const seconds =
    typeof retryAfterSeconds === "number" ? retryAfterSeconds : typeof retryAfterMs === "number" ? retryAfterMs / 1_000 : null;
  return { minutes: seconds === null ? 0 : Math.max(1, Math.ceil(seconds / 60)), ...values(details) };
};

/** Puts an error into words: `const errorText = useErrorText(); const { title, description } = errorText(error)`. */
export const useErrorText = () => {
  const t = useTranslations("errors");
  return useCallback(
    (error: unknown): ErrorText => {
      const { code, details, requestId } = failureOf(error);
      const known =
        code !== null && t.has(`${code}.title`) ? code : isConnectionLost(error) ? "common.connectionLost" : "common.unexpected";
      return {
        title: t(`${known}.title`, withMinutes(details)),
        description: t(`${known}.description`, withMinutes(details)),
        code,
        requestId,
      };
    },
    [t],
  );
};
