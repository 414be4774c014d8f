"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { ErrorState } from "@maru/ui/error-state";
import { NoPermissionState } from "@maru/ui/no-permission-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconMapOff } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

function HomeButton() {
  const t = useTranslations("shell");
  return (
    <Button component={Link} href="/" variant="default">
      {t("goHome")}
    </Button>
  );
}

/** Nothing is at this address, or nothing that this person may know of. */
export function NotFoundState() {
  const t = useTranslations("pages");
  return (
    <EmptyState
      icon={IconMapOff}
      room="page"
      headingLevel={1}
      title={t("notFoundTitle")}
      description={t("notFoundDescription")}
      action={<HomeButton />}
    />
  );
}

/** It exists, and this person may not see it. */
export function ForbiddenState() {
  const t = useTranslations("pages");
  return (
    <NoPermissionState
      room="page"
      headingLevel={1}
      title={t("forbiddenTitle")}
      description={t("forbiddenDescription")}
      action={<HomeButton />}
    />
  );
}

/** A page that broke. Its number finds the line in the server's log. */
export function BrokenState({ digest, onRetry }: { readonly digest: string | undefined; readonly onRetry: () => void }) {
  const t = useTranslations("pages");
  const shell = useTranslations("shell");
  return (
    <ErrorState
      room="page"
      headingLevel={1}
      title={t("errorTitle")}
      nextStep={t("errorDescription")}
      code={digest}
      labels={{ code: shell("errorCode") }}
      action={
        <>
          <Button onClick={onRetry}>{shell("retry")}</Button>
          <HomeButton />
        </>
      }
    />
  );
}

/** The room of a page that is on its way. */
export function LoadingState() {
  const t = useTranslations("shell");
  return <SkeletonList shape="cards" count={8} label={t("loading")} />;
}
