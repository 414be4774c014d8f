"use client";
import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import type { CreatedPersonalTokenView } from "@maru/api/identity/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useAccountChange } from "../hooks/use-account-change";
import { useScopeName } from "../hooks/use-scope-name";

const DAYS = ["7", "30", "90", "365"] as const;

type TokenDialogProps = {
  readonly isOpen: boolean;
  /** What one may give a token. */
  readonly grantable: readonly string[];
  readonly onClose: () => void;
  readonly onMade: (token: CreatedPersonalTokenView) => void;
};

/** Asks what a new token is for, what it may do and how long. */
export function TokenDialog({ isOpen, grantable, onClose, onMade }: TokenDialogProps) {
  const t = useTranslations("account.tokens");
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("make")} closeButtonProps={{ "aria-label": t("close") }}>
      <TokenForm grantable={grantable} onClose={onClose} onMade={onMade} />
    </Modal>
  );
}

function TokenForm({ grantable, onClose, onMade }: Omit<TokenDialogProps, "isOpen">) {
  const t = useTranslations("account.tokens");
  const account = useTranslations("account");
  const scopeName = useScopeName();
  const { make, isMaking } = useMake((token) => {
    onMade(token);
    onClose();
  });
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState<string>("30");
  const [wasSent, setSent] = useState(false);
  const missing = { name: name.trim() === "", scopes: scopes.length === 0 };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!missing.name && !missing.scopes && !isMaking) make({ name, scopes, expiresInDays: Number(days) });
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <TextInput
          label={t("name")}
          description={t("nameHint")}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wasSent && missing.name ? t("nameMissing") : undefined}
        />
        <Checkbox.Group
          label={t("scopes")}
          description={t("scopesHint")}
          value={scopes}
          onChange={setScopes}
          error={wasSent && missing.scopes ? t("scopesMissing") : undefined}
        >
          <Stack gap={8} mt={8}>
            {grantable.map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeName(scope)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label={t("lasts")}
          allowDeselect={false}
          value={days}
          onChange={(value) => setDays(value ?? "30")}
          data={DAYS.map((value) => ({ value, label: t("days", { count: Number(value) }) }))}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {account("cancel")}
          </Button>
          <Button type="submit" loading={isMaking}>
            {t("make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const useMake = (onMade: (token: CreatedPersonalTokenView) => void) => {
  const t = useTranslations("account.tokens");
  const trpc = useTRPC();
  const { done, failed } = useAccountChange(trpc.identity.listPersonalTokens.queryKey());
  const { mutate, isPending } = useMutation(
    trpc.identity.createPersonalToken.mutationOptions({
      onSuccess: (token) => {
        onMade(token);
        done(t("made"), token.name);
      },
      onError: failed,
    }),
  );
  return { make: mutate, isMaking: isPending };
};
