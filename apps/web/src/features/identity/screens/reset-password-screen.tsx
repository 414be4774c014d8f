"use client";
import { Button, PasswordInput } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { DoorFrame } from "../components/door-frame";
import classes from "../components/door-frame.module.css";
import { DoorLinks } from "../components/door-links";
import { DoorMessage } from "../components/door-message";
import { useLink } from "../hooks/use-link";

/** Where the link of a forgotten password leads, and that of an invitation to an account that waits. */
export function ResetPasswordScreen() {
  const t = useTranslations("identity");
  const shell = useTranslations("shell");
  const { token, link, failure, isLooking } = useLink();
  const [isDone, setDone] = useState(false);
  return (
    <DoorFrame title={t("reset.title")}>
      {isLooking ? <SkeletonList shape="rows" count={2} label={shell("loading")} /> : null}
      {token !== null && link?.username && !isDone ? (
        <ResetForm token={token} username={link.username} onDone={() => setDone(true)} />
      ) : (
        <DoorMessage failure={failure} notice={isDone ? t("reset.done") : null} />
      )}
      {!isLooking && token === null ? <p>{t("noLink")}</p> : null}
      <DoorLinks
        links={[
          { href: "/sign-in", label: t("toSignIn") },
          ...(isDone || link ? [] : [{ href: "/forgot-password", label: t("forgot.again") }]),
        ]}
      />
    </DoorFrame>
  );
}

type ResetFormProps = { readonly token: string; readonly username: string; readonly onDone: () => void };

function ResetForm({ token, username, onDone }: ResetFormProps) {
  const t = useTranslations("identity");
  const [password, setPassword] = useState("");
  const [wasSent, setSent] = useState(false);
  const { mutate, isPending, error } = useMutation(useTRPC().identity.resetPassword.mutationOptions({ onSuccess: onDone }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (password !== "" && !isPending) mutate({ token, password });
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <DoorMessage failure={error} notice={null} />
      <p>{t("reset.whose", { username })}</p>
      {/* For the keeper of passwords in the browser: it must know whose password this is. */}
      <input hidden type="text" name="username" autoComplete="username" value={username} readOnly />
      <PasswordInput
        label={t("newPassword")}
        description={t("passwordRule")}
        name="new-password"
        autoComplete="new-password"
        size="md"
        maxLength={1_000}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={wasSent && password === "" ? t("passwordMissing") : undefined}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
      />
      <Button type="submit" size="md" fullWidth loading={isPending}>
        {t("reset.submit")}
      </Button>
    </form>
  );
}
