"use client";
import { useCallback } from "react";
import { useErrorText } from "../../../shell/use-error-text";
import type { UploadProblem } from "../hooks/upload-state";

/** Puts the reason why a file did not arrive into the words that the same code has everywhere. */
export const useProblemText = () => {
  const errorText = useErrorText();
  return useCallback(
    ({ code, requestId }: UploadProblem) => {
      const { title, description } = errorText({ data: { app: { code, details: {} }, requestId, httpStatus: 400 } });
      return { title, description };
    },
    [errorText],
  );
};
