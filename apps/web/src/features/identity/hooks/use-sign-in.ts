"use client";
import type { ProviderName } from "@maru/api/federation/contract";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { showPasskey } from "../../../shell/password/passkeys";
import { useTRPCClient } from "../../../trpc/client";
import type { Credentials } from "../components/sign-in-form";
import { safeNext } from "../safe-next";
import { type HalfSignIn, signInFailureOf } from "../sign-in-failure";

type Answer = Readonly<Record<string, string>>;

/** What a page begins with: a half sign-in or a refusal, where somebody has come back from another provider. */
export type Begun = { readonly half: HalfSignIn | null; readonly failure: unknown };

/** The two steps of a sign-in. What ends a half one leads back to the first. */
export const useSignIn = (next: string, begun: Begun) => {
  const client = useTRPCClient();
  const [failure, setFailure] = useState<unknown>(begun.failure);
  const [isBusy, setBusy] = useState(false);
  const [half, setHalf] = useState<HalfSignIn | null>(begun.half);

  const give = async (answer: () => Promise<Answer>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const result = await signIn("credentials", { ...(await answer()), redirect: false });
      // A whole new page: language, colours and everything that is read belong to the person from the first byte.
      if (result?.ok && !result.error) return window.location.assign(safeNext(next));
      const refused = signInFailureOf(result?.error ?? "");
      if (refused.half) setHalf(refused.half);
      else setFailure(refused);
      if (refused.data.app.code === "identity.challengeEnded") setHalf(null);
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };

  const leave = async (provider: ProviderName): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const { url } = await client.federation.startExternalSignIn.mutate({ provider, next: safeNext(next) });
      return window.location.assign(url);
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };

  const challenge = half?.challenge ?? "";
  return {
    failure,
    isBusy,
    half,
    leave,
    begin: ({ username, password }: Credentials) => give(async () => ({ username, password })),
    giveCode: (code: string) => give(async () => ({ challenge, code })),
    givePasskey: () =>
      give(async () => {
        const passkey = await showPasskey(await client.identity.startPasskeySignIn.mutate({ challenge }));
        return { challenge, passkey: JSON.stringify(passkey) };
      }),
    goBack: () => {
      setHalf(null);
      setFailure(null);
    },
  };
};
