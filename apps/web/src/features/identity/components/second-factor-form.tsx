"use client";
import { Alert, Button, TextInput } from "@mantine/core";
import { IconAlertCircle, IconFingerprint } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useErrorText } from "../../../shell/use-error-text";
import classes from "./sign-in-form.module.css";

type SecondFactorFormProps = {
  readonly methods: readonly string[];
  readonly failure: unknown;
  readonly isBusy: boolean;
  readonly onCode: (code: string) => Promise<void>;
  readonly onPasskey: () => Promise<void>;
  readonly onBack: () => void;
};

/** The second step of a sign-in: a code, or a passkey where there is one. */
export function SecondFactorForm({ methods, failure, isBusy, onCode, onPasskey, onBack }: SecondFactorFormProps) {
  const t = useTranslations("identity.secondFactor");
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const [wasSent, setSent] = useState(false);
  const takesCode = methods.includes("totp") || methods.includes("recovery");
  const isMissing = code.trim().length < 6;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing && !isBusy) void onCode(code).then(() => setCode(""));
  };
  const text = failure ? errorText(failure) : null;
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <div role="alert">
        {text ? (
          <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={text.title}>
            {text.description}
          </Alert>
        ) : null}
      </div>
      <h2 className={classes.step}>{t("title")}</h2>
      {takesCode ? (
        <>
          <TextInput
            label={t("code")}
            description={t(methods.includes("totp") ? "codeHint" : "recoveryHint")}
            name="one-time-code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            size="md"
            maxLength={40}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={wasSent && isMissing && !text ? t("codeMissing") : undefined}
          />
          <Button type="submit" size="md" fullWidth loading={isBusy}>
            {t("submit")}
          </Button>
        </>
      ) : null}
      {methods.includes("passkey") ? (
        <Button
          variant={takesCode ? "default" : "filled"}
          size="md"
          fullWidth
          disabled={isBusy}
          leftSection={<IconFingerprint size={20} stroke={1.5} aria-hidden />}
          onClick={() => void onPasskey()}
        >
          {t("passkey")}
        </Button>
      ) : null}
      <Button variant="subtle" fullWidth onClick={onBack}>
        {t("back")}
      </Button>
    </form>
  );
}
