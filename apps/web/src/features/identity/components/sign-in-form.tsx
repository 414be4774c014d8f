"use client";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconArrowBigUpLine } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { DoorMessage } from "./door-message";
import classes from "./sign-in-form.module.css";

export type Credentials = { readonly username: string; readonly password: string };

type SignInFormProps = {
  readonly credentials: Credentials;
  readonly onChange: (credentials: Credentials) => void;
  readonly onSubmit: () => Promise<void>;
  readonly failure: unknown;
  readonly isBusy: boolean;
  /** Said above the form when nothing is wrong. */
  readonly notice: string | null;
};

/** User name and password. What is missing is said at its field, what was refused above them. */
export function SignInForm({ credentials, onChange, onSubmit, failure, isBusy, notice }: SignInFormProps) {
  const t = useTranslations("identity");
  const [wasSent, setSent] = useState(false);
  const [isCapsLock, setCapsLock] = useState(false);
  const missing = { username: credentials.username.trim() === "", password: credentials.password === "" };

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!missing.username && !missing.password && !isBusy) void onSubmit();
  };
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));

  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <DoorMessage failure={failure} notice={notice} />
      <TextInput
        label={t("username")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        size="md"
        maxLength={200}
        autoFocus
        value={credentials.username}
        onChange={(event) => onChange({ ...credentials, username: event.currentTarget.value })}
        error={wasSent && missing.username ? t("usernameMissing") : undefined}
      />
      <PasswordInput
        label={t("password")}
        name="password"
        autoComplete="current-password"
        size="md"
        maxLength={1_000}
        value={credentials.password}
        onChange={(event) => onChange({ ...credentials, password: event.currentTarget.value })}
        onKeyDown={watchCapsLock}
        onKeyUp={watchCapsLock}
        onBlur={() => setCapsLock(false)}
        error={wasSent && missing.password ? t("passwordMissing") : undefined}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
      />
      <output className={classes.hint}>
        {isCapsLock ? (
          <>
            <IconArrowBigUpLine size={16} stroke={1.5} aria-hidden />
            {t("capsLock")}
          </>
        ) : null}
      </output>
      <Button type="submit" size="md" fullWidth loading={isBusy}>
        {t("submit")}
      </Button>
    </form>
  );
}
