"use client";
import { Button } from "@mantine/core";
import type { ApiClientView, CreatedApiClientView } from "@maru/api/identity/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import { ToldToken } from "../../account/components/told-token";
import { useAccountChange } from "../../account/hooks/use-account-change";
import { ApiClientDialog } from "../components/api-client-dialog";
import { ApiClientRow } from "../components/api-client-row";
import classes from "./accounts-screen.module.css";

/** The other systems that call the API: registered, told their secret once, revoked. */
export function ApiClientsScreen() {
  const t = useTranslations("accounts.clients");
  const shell = useTranslations("shell");
  const { data, isPending, error, refetch } = useQuery(useTRPC().identity.listApiClients.queryOptions());
  const [isMaking, setMaking] = useState(false);
  const [told, setTold] = useState<CreatedApiClientView | null>(null);
  return (
    <div className={classes.page}>
      <AdminHeader
        title={t("title")}
        description={t("description")}
        action={
          <Button leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />} onClick={() => setMaking(true)}>
            {t("make")}
          </Button>
        }
      />
      {told ? (
        <ToldToken
          title={t("toldTitle", { name: told.name })}
          description={t("toldDescription", { id: told.clientId })}
          label={t("secret")}
          secret={told.clientSecret}
          onClose={() => setTold(null)}
        />
      ) : null}
      {isPending ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {error && !data ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {data?.length === 0 ? (
        <EmptyState icon={IconPlugConnected} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />
      ) : null}
      {data && data.length > 0 ? <Clients clients={data} /> : null}
      <ApiClientDialog isOpen={isMaking} onClose={() => setMaking(false)} onMade={setTold} />
    </div>
  );
}

function Clients({ clients }: { readonly clients: readonly ApiClientView[] }) {
  const t = useTranslations("accounts.clients");
  const trpc = useTRPC();
  const { done, failed } = useAccountChange(trpc.identity.listApiClients.queryKey());
  const [revoking, setRevoking] = useState<ApiClientView | null>(null);
  const revoke = useMutation(
    trpc.identity.revokeApiClient.mutationOptions({
      onSuccess: () => done(t("revoked"), revoking?.name),
      onError: failed,
      onSettled: () => setRevoking(null),
    }),
  );
  return (
    <>
      <ul className={classes.list} aria-label={t("title")}>
        {clients.map((client) => (
          <ApiClientRow key={client.clientId} client={client} onRevoke={() => setRevoking(client)} />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={revoking !== null}
        title={t("revokeTitle")}
        label={t("revoke")}
        isBusy={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate({ id: revoking.clientId })}
        onClose={() => setRevoking(null)}
      >
        {t("revokeDescription", { name: revoking?.name ?? "" })}
      </ConfirmDialog>
    </>
  );
}
