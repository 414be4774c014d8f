"use client";
import type { ProviderName } from "@maru/api/federation/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DemoAccounts } from "../components/demo-accounts";
import { DoorFrame } from "../components/door-frame";
import { DoorLinks } from "../components/door-links";
import { ProviderButtons } from "../components/provider-buttons";
import { SecondFactorForm } from "../components/second-factor-form";
import { type Credentials, SignInForm } from "../components/sign-in-form";
import { type Begun, useSignIn } from "../hooks/use-sign-in";
import { signInFailureOf } from "../sign-in-failure";

type SignInScreenProps = {
  readonly isDemo: boolean;
  readonly next: string;
  readonly hasSignedOut: boolean;
  /** Everybody may make an account. */
  readonly mayRegister: boolean;
  /** The other providers that are set up here. */
  readonly providers: readonly ProviderName[];
  /** What one of them was left with, as the one text that carries failures. */
  readonly cameBackWith: string | null;
};

const begunWith = (text: string | null): Begun => {
  if (text === null) return { half: null, failure: null };
  const failure = signInFailureOf(text);
  return failure.half ? { half: failure.half, failure: null } : { half: null, failure };
};

/** The door of the house. */
export function SignInScreen({ isDemo, next, hasSignedOut, mayRegister, providers, cameBackWith }: SignInScreenProps) {
  const t = useTranslations("identity");
  const [credentials, setCredentials] = useState<Credentials>({ username: "", password: "" });
  const { failure, isBusy, half, leave, begin, giveCode, givePasskey, goBack } = useSignIn(next, begunWith(cameBackWith));
  if (half)
    return (
      <DoorFrame title={t("title")} showsTitle={false}>
        <SecondFactorForm
          methods={half.methods}
          failure={failure}
          isBusy={isBusy}
          onCode={giveCode}
          onPasskey={givePasskey}
          onBack={goBack}
        />
      </DoorFrame>
    );
  return (
    <DoorFrame title={t("title")} showsTitle={false}>
      <SignInForm
        credentials={credentials}
        onChange={setCredentials}
        onSubmit={() => begin(credentials)}
        failure={failure}
        isBusy={isBusy}
        notice={hasSignedOut && !failure ? t("signedOut") : null}
      />
      <ProviderButtons providers={providers} isBusy={isBusy} onChoose={(provider) => void leave(provider)} />
      <DoorLinks
        links={[
          { href: "/forgot-password", label: t("forgot.place") },
          ...(mayRegister ? [{ href: "/register", label: t("register.place") }] : []),
        ]}
      />
      {isDemo ? <DemoAccounts chosen={credentials.username} onChoose={setCredentials} /> : null}
    </DoorFrame>
  );
}
