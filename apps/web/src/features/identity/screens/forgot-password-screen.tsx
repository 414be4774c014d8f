"use client";
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { DoorFrame } from "../components/door-frame";
import classes from "../components/door-frame.module.css";
import { DoorLinks } from "../components/door-links";
import { DoorMessage } from "../components/door-message";

/** Asks for a mail with which a new password can be chosen. What comes of it is the same for everybody. */
export function ForgotPasswordScreen() {
  const t = useTranslations("identity");
  const locale = useLocale();
  const [username, setUsername] = useState("");
  const [wasSent, setSent] = useState(false);
  const { mutate, isPending, isSuccess, error } = useMutation(useTRPC().identity.forgotPassword.mutationOptions());
  const isMissing = username.trim() === "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing && !isPending) mutate({ username, locale: locale === "en" ? "en" : "ko" });
  };
  return (
    <DoorFrame title={t("forgot.title")}>
      <form className={classes.form} onSubmit={send} noValidate>
        <DoorMessage failure={error} notice={isSuccess ? t("forgot.sent") : null} />
        <TextInput
          label={t("forgot.username")}
          description={t("forgot.description")}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          maxLength={200}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          error={wasSent && isMissing ? t("forgot.missing") : undefined}
        />
        <Button type="submit" size="md" fullWidth loading={isPending}>
          {t("forgot.submit")}
        </Button>
      </form>
      <DoorLinks links={[{ href: "/sign-in", label: t("toSignIn") }]} />
    </DoorFrame>
  );
}
