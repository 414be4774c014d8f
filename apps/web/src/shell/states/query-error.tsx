"use client";
import { Button } from "@mantine/core";
import { ErrorState } from "@maru/ui/error-state";
import { NoPermissionState } from "@maru/ui/no-permission-state";
import { useTranslations } from "next-intl";
import { failureOf } from "../../trpc/failure";
import { useErrorText } from "../use-error-text";

type QueryErrorProps = {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly room?: "panel" | "page";
  readonly headingLevel?: 1 | 2 | 3;
};

/** A query that failed, where its result would stand: why, what to do, and the numbers for support. */
export function QueryError({ error, onRetry, room, headingLevel }: QueryErrorProps) {
  const t = useTranslations("shell");
  const { title, description, code, requestId } = useErrorText()(error);
  const shape = { room, headingLevel };
  if (failureOf(error).httpStatus === 403) return <NoPermissionState title={title} description={description} {...shape} />;
  const action = onRetry ? (
    <Button variant="default" onClick={onRetry}>
      {t("retry")}
    </Button>
  ) : undefined;
  return (
    <ErrorState
      title={title}
      nextStep={description}
      code={code ?? undefined}
      requestId={requestId ?? undefined}
      labels={{ code: t("errorCode"), requestId: t("requestId") }}
      action={action}
      {...shape}
    />
  );
}
