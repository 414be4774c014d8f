"use client";
import { Logo } from "@maru/ui/logo";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ColorSchemeSwitch } from "../../../shell/frame/color-scheme-switch";
import { DemoAccounts } from "../components/demo-accounts";
import { type Credentials, SignInForm } from "../components/sign-in-form";
import { SignInLanguage } from "../components/sign-in-language";
import { safeNext } from "../safe-next";
import { signInFailureOf } from "../sign-in-failure";
import classes from "./sign-in-screen.module.css";

type SignInScreenProps = { readonly isDemo: boolean; readonly next: string; readonly hasSignedOut: boolean };

/** The door of the house. */
export function SignInScreen({ isDemo, next, hasSignedOut }: SignInScreenProps) {
  const t = useTranslations("identity");
  const shell = useTranslations("shell");
  const [credentials, setCredentials] = useState<Credentials>({ username: "", password: "" });
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const result = await signIn("credentials", { ...credentials, redirect: false });
      // A whole new page: language, colours and everything that is read belong to the person from the first byte.
      if (result?.ok && !result.error) return window.location.assign(safeNext(next));
      setFailure(signInFailureOf(result?.error ?? ""));
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };

  return (
    <div className={classes.page}>
      <div className={classes.corner}>
        <SignInLanguage />
        <ColorSchemeSwitch />
      </div>
      <main className={classes.card}>
        <div className={classes.head}>
          <Logo size={44} name={shell("product")} />
          <p className={classes.lead}>{t("lead")}</p>
        </div>
        <h1 className="maru-spoken">{t("title")}</h1>
        <SignInForm
          credentials={credentials}
          onChange={setCredentials}
          onSubmit={submit}
          failure={failure}
          isBusy={isBusy}
          notice={hasSignedOut && !failure ? t("signedOut") : null}
        />
        {isDemo ? <DemoAccounts chosen={credentials.username} onChoose={setCredentials} /> : null}
      </main>
      <div className={classes.floor} aria-hidden />
    </div>
  );
}
