"use client";
import { Button } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import { DoorFrame } from "../components/door-frame";
import { DoorLinks } from "../components/door-links";
import { DoorMessage } from "../components/door-message";
import { useLink } from "../hooks/use-link";

/** Where the link leads that shows whose a mail address is. A press uses it up: programs that look through mails open links too. */
export function VerifyEmailScreen() {
  const t = useTranslations("identity");
  const shell = useTranslations("shell");
  const { token, link, failure, isLooking } = useLink();
  const { mutate, isPending, isSuccess, error } = useMutation(useTRPC().identity.verifyMail.mutationOptions());
  return (
    <DoorFrame title={t("verify.title")}>
      {isLooking ? <SkeletonList shape="rows" count={1} label={shell("loading")} /> : null}
      <DoorMessage failure={error ?? failure} notice={isSuccess ? t("verify.done") : null} />
      {token !== null && link && !isSuccess ? (
        <>
          <p>{t("verify.whose", { mail: link.mail })}</p>
          <Button size="md" fullWidth loading={isPending} onClick={() => mutate({ token })}>
            {t("verify.submit")}
          </Button>
        </>
      ) : null}
      {!isLooking && token === null ? <p>{t("noLink")}</p> : null}
      <DoorLinks links={[{ href: "/", label: t("toMaru") }]} />
    </DoorFrame>
  );
}
