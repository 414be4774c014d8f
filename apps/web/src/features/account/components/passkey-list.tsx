"use client";
import { Button } from "@mantine/core";
import type { PasskeyView } from "@maru/api/factor/contract";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { makePasskey } from "../../../shell/password/passkeys";
import { useTRPC, useTRPCClient } from "../../../trpc/client";
import { useAccountChange } from "../hooks/use-account-change";
import classes from "../screens/account-screens.module.css";
import { ConfirmDialog } from "./confirm-dialog";
import { PasskeyNameDialog } from "./passkey-name-dialog";
import { PasskeyRow } from "./passkey-row";

type PasskeyListProps = {
  readonly passkeys: readonly PasskeyView[];
  readonly canHavePasskeys: boolean;
  readonly onCodes: (codes: readonly string[]) => void;
};

/** The passkeys of one's devices. */
export function PasskeyList({ passkeys, canHavePasskeys, onCodes }: PasskeyListProps) {
  const t = useTranslations("account.security");
  const [naming, setNaming] = useState<PasskeyView | "new" | null>(null);
  const [removing, setRemoving] = useState<PasskeyView | null>(null);
  const { add, rename, remove } = usePasskeyChanges(onCodes);
  const save = (name: string) => {
    setNaming(null);
    if (naming === "new") add.mutate(name);
    else if (naming) rename.mutate({ id: naming.id, name });
  };
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys" className={classes.section}>
        {t("passkeys")}
      </h2>
      <p className={classes.lead}>{t(canHavePasskeys ? "passkeysDescription" : "passkeysUnavailable")}</p>
      {passkeys.length > 0 ? (
        <ul className={classes.list} aria-labelledby="passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRename={() => setNaming(passkey)} onRemove={() => setRemoving(passkey)} />
          ))}
        </ul>
      ) : null}
      {canHavePasskeys ? (
        <div className={classes.actions}>
          <Button leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />} loading={add.isPending} onClick={() => setNaming("new")}>
            {t("addPasskey")}
          </Button>
        </div>
      ) : null}
      <PasskeyNameDialog naming={naming} onSave={save} onClose={() => setNaming(null)} />
      <ConfirmDialog
        isOpen={removing !== null}
        title={t("removePasskeyTitle")}
        label={t("remove")}
        isBusy={remove.isPending}
        onConfirm={() => {
          setRemoving(null);
          if (removing) remove.mutate({ id: removing.id });
        }}
        onClose={() => setRemoving(null)}
      >
        {t("removePasskeyDescription", { name: removing?.name ?? "" })}
      </ConfirmDialog>
    </section>
  );
}

const usePasskeyChanges = (onCodes: (codes: readonly string[]) => void) => {
  const t = useTranslations("account.security");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { done, failed } = useAccountChange(trpc.factor.listFactors.queryKey());
  const add = useMutation({
    mutationFn: async (name: string) => {
      const answer = await makePasskey(await client.factor.startPasskey.mutate({}));
      return client.factor.addPasskey.mutate({ name, answer });
    },
    onSuccess: ({ recoveryCodes }) => {
      if (recoveryCodes) onCodes(recoveryCodes);
      done(t("added"));
    },
    onError: failed,
  });
  const rename = useMutation(trpc.factor.renamePasskey.mutationOptions({ onSuccess: () => done(t("renamed")), onError: failed }));
  const remove = useMutation(trpc.factor.removePasskey.mutationOptions({ onSuccess: () => done(t("removed")), onError: failed }));
  return { add, rename, remove };
};
