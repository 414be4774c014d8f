"use client";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC, useTRPCClient } from "../../trpc/client";
import { showPasskey } from "./passkeys";

type PasskeyConfirmationProps = { readonly onDone: () => void; readonly onFailed: (error: unknown) => void };

/** A passkey in the place of the password, for whoever has one. */
export function PasskeyConfirmation({ onDone, onFailed }: PasskeyConfirmationProps) {
  const t = useTranslations("shell.passwordQuestion");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data } = useQuery(trpc.factor.listFactors.queryOptions());
  const confirm = useMutation({
    mutationFn: async () => {
      const passkey = await showPasskey(await client.identity.startConfirmation.mutate({}));
      return client.identity.confirmPasskey.mutate({ passkey });
    },
    onSuccess: onDone,
    onError: onFailed,
  });
  if (!data?.canHavePasskeys || data.passkeys.length === 0) return null;
  return (
    <Button variant="subtle" loading={confirm.isPending} onClick={() => confirm.mutate()}>
      {t("usePasskey")}
    </Button>
  );
}
