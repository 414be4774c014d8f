"use client";
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import classes from "../screens/invitations-screen.module.css";
import { useInvitationChange } from "./use-invitation-change";

/** Sends an invitation. What is refused is said at the address. */
export function InviteForm() {
  const t = useTranslations("invitations");
  const locale = useLocale();
  const errorText = useErrorText();
  const { done } = useInvitationChange();
  const [mail, setMail] = useState("");
  const [wasSent, setSent] = useState(false);
  const { mutate, isPending, error, reset } = useMutation(
    useTRPC().identity.invite.mutationOptions({
      onSuccess: () => {
        setMail("");
        setSent(false);
        done(t("invited"));
      },
    }),
  );
  const isMissing = !mail.includes("@");
  const refused = error ? errorText(error) : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing && !isPending) mutate({ mail, locale: locale === "en" ? "en" : "ko" });
  };
  const fault = refused ? `${refused.title}. ${refused.description}` : wasSent && isMissing ? t("mailMissing") : undefined;
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        type="email"
        label={t("mail")}
        name="email"
        autoComplete="off"
        maxLength={320}
        value={mail}
        onChange={(event) => {
          reset();
          setMail(event.currentTarget.value);
        }}
        error={fault}
      />
      <Button type="submit" className={classes.submit} loading={isPending}>
        {t("invite")}
      </Button>
    </form>
  );
}
