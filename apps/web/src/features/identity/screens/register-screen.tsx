"use client";
import { Button, TextInput } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { DoorFrame } from "../components/door-frame";
import classes from "../components/door-frame.module.css";
import { DoorLinks } from "../components/door-links";
import { DoorMessage } from "../components/door-message";
import { NewAccountForm } from "../components/new-account-form";
import { useLink } from "../hooks/use-link";

/** Makes an account: asks for a mail first, and where the link of that mail or of an invitation leads, for all else. */
export function RegisterScreen({ isOpen }: { readonly isOpen: boolean }) {
  const t = useTranslations("identity");
  const shell = useTranslations("shell");
  const { token, link, failure, isLooking } = useLink();
  const [username, setUsername] = useState<string | null>(null);
  const isGood = token !== null && link !== null && username === null;
  return (
    <DoorFrame title={t("register.title")}>
      {isLooking ? <SkeletonList shape="rows" count={2} label={shell("loading")} /> : null}
      <DoorMessage failure={failure} notice={username === null ? null : t("register.done", { username })} />
      {isGood ? <NewAccountForm token={token} mail={link.mail} onDone={setUsername} /> : null}
      {!isLooking && token === null ? isOpen ? <AskForMail /> : <p>{t("register.closed")}</p> : null}
      <DoorLinks links={[{ href: "/sign-in", label: t("toSignIn") }]} />
    </DoorFrame>
  );
}

function AskForMail() {
  const t = useTranslations("identity");
  const locale = useLocale();
  const [mail, setMail] = useState("");
  const [wasSent, setSent] = useState(false);
  const { mutate, isPending, isSuccess, error } = useMutation(useTRPC().identity.requestRegistration.mutationOptions());
  const isMissing = !mail.includes("@");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing && !isPending) mutate({ mail, locale: locale === "en" ? "en" : "ko" });
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <DoorMessage failure={error} notice={isSuccess ? t("register.sent") : null} />
      <TextInput
        type="email"
        label={t("register.mail")}
        description={t("register.mailDescription")}
        name="email"
        autoComplete="email"
        size="md"
        maxLength={320}
        value={mail}
        onChange={(event) => setMail(event.currentTarget.value)}
        error={wasSent && isMissing ? t("register.mailMissing") : undefined}
      />
      <Button type="submit" size="md" fullWidth loading={isPending}>
        {t("register.ask")}
      </Button>
    </form>
  );
}
