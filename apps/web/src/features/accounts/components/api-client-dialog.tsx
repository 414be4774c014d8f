"use client";
import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { CreatedApiClientView } from "@maru/api/identity/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PersonSelect } from "../../../shell/person/person-select";
import { useTRPC } from "../../../trpc/client";
import { useAccountChange } from "../../account/hooks/use-account-change";
import { useScopeName } from "../../account/hooks/use-scope-name";

type ApiClientDialogProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onMade: (client: CreatedApiClientView) => void;
};

/** Asks which system it is, in whose name it acts, and what it may do. */
export function ApiClientDialog({ isOpen, ...form }: ApiClientDialogProps) {
  const t = useTranslations("accounts");
  return (
    <Modal opened={isOpen} onClose={form.onClose} title={t("clients.make")} closeButtonProps={{ "aria-label": t("make.cancel") }}>
      <ApiClientForm {...form} />
    </Modal>
  );
}

function ApiClientForm({ onClose, onMade }: Omit<ApiClientDialogProps, "isOpen">) {
  const t = useTranslations("accounts");
  const scopeName = useScopeName();
  const { identity } = useTRPC();
  const { done, failed } = useAccountChange(identity.listApiClients.queryKey());
  // What an administrator can give a token of hers, she can give a client.
  const { data: tokens } = useQuery(identity.listPersonalTokens.queryOptions());
  const make = useMutation(
    identity.createApiClient.mutationOptions({
      onSuccess: (client) => {
        onMade(client);
        onClose();
        done(t("clients.made"), client.name);
      },
      onError: failed,
    }),
  );
  const [name, setName] = useState("");
  const [personId, setPersonId] = useState<string | null>(null);
  const [scopes, setScopes] = useState<string[]>([]);
  const [wasSent, setSent] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() !== "" && personId && scopes.length > 0 && !make.isPending) make.mutate({ name, personId, scopes });
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <TextInput
          label={t("clients.name")}
          maxLength={100}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wasSent && name.trim() === "" ? t("clients.nameMissing") : undefined}
        />
        <PersonSelect
          label={t("clients.person")}
          description={t("clients.personHint")}
          value={personId}
          onChange={setPersonId}
          error={wasSent && !personId ? t("make.personMissing") : undefined}
        />
        <Checkbox.Group
          label={t("clients.scopes")}
          value={scopes}
          onChange={setScopes}
          error={wasSent && scopes.length === 0 ? t("clients.scopesMissing") : undefined}
        >
          <Stack gap={8} mt={8}>
            {tokens?.grantable.map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeName(scope)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("make.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("clients.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
