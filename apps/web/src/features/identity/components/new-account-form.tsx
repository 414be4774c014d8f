"use client";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import classes from "./door-frame.module.css";
import { DoorMessage } from "./door-message";

type NewAccountFormProps = { readonly token: string; readonly mail: string; readonly onDone: (username: string) => void };

const EMPTY = { name: "", username: "", password: "" };
const USERNAME = /^[a-z0-9][a-z0-9._-]{1,59}$/i;

/** Name, user name and password of somebody whose mail address is known to be hers. */
export function NewAccountForm({ token, mail, onDone }: NewAccountFormProps) {
  const t = useTranslations("identity");
  const [typed, setTyped] = useState(EMPTY);
  const [wasSent, setSent] = useState(false);
  const { mutate, isPending, error } = useMutation(
    useTRPC().identity.register.mutationOptions({ onSuccess: ({ username }) => onDone(username) }),
  );
  const faults = {
    name: typed.name.trim() === "" ? t("register.nameMissing") : undefined,
    username: USERNAME.test(typed.username.trim()) ? undefined : t("register.usernameRule"),
    password: typed.password === "" ? t("passwordMissing") : undefined,
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!faults.name && !faults.username && !faults.password && !isPending) mutate({ token, ...typed });
  };
  const set = (part: Partial<typeof EMPTY>) => setTyped({ ...typed, ...part });
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <DoorMessage failure={error} notice={null} />
      <p>{t("register.whose", { mail })}</p>
      <TextInput
        label={t("register.name")}
        name="name"
        autoComplete="name"
        size="md"
        maxLength={60}
        value={typed.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={wasSent ? faults.name : undefined}
      />
      <TextInput
        label={t("username")}
        description={t("register.usernameRule")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        size="md"
        maxLength={60}
        value={typed.username}
        onChange={(event) => set({ username: event.currentTarget.value })}
        error={wasSent ? faults.username : undefined}
      />
      <PasswordInput
        label={t("newPassword")}
        description={t("passwordRule")}
        name="new-password"
        autoComplete="new-password"
        size="md"
        maxLength={1_000}
        value={typed.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
        error={wasSent ? faults.password : undefined}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
      />
      <Button type="submit" size="md" fullWidth loading={isPending}>
        {t("register.submit")}
      </Button>
    </form>
  );
}
