"use client";
import { Button } from "@mantine/core";
import type { CreatedPersonalTokenView, PersonalTokenView } from "@maru/api/identity/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../components/confirm-dialog";
import { TokenDialog } from "../components/token-dialog";
import { TokenRow } from "../components/token-row";
import { ToldToken } from "../components/told-token";
import { useAccountChange } from "../hooks/use-account-change";
import classes from "./account-screens.module.css";

/** The tokens of one's scripts: made, told once, revoked. */
export function TokensScreen() {
  const t = useTranslations("account.tokens");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery({ ...trpc.identity.listPersonalTokens.queryOptions(), refetchOnMount: "always" });
  const [isMaking, setMaking] = useState(false);
  const [told, setTold] = useState<CreatedPersonalTokenView | null>(null);
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />} disabled={!data} onClick={() => setMaking(true)}>
      {t("make")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} action={data?.items.length === 0 ? undefined : make} />
      {told ? (
        <ToldToken
          title={t("madeTitle", { name: told.name })}
          description={t("madeDescription")}
          label={t("token")}
          secret={told.token}
          onClose={() => setTold(null)}
        />
      ) : null}
      {isPending ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState icon={IconKey} title={t("emptyTitle")} description={t("emptyDescription")} action={make} />
      ) : null}
      {data && data.items.length > 0 ? <Tokens tokens={data.items} /> : null}
      <TokenDialog isOpen={isMaking} grantable={data?.grantable ?? []} onClose={() => setMaking(false)} onMade={setTold} />
    </>
  );
}

function Tokens({ tokens }: { readonly tokens: readonly PersonalTokenView[] }) {
  const t = useTranslations("account.tokens");
  const trpc = useTRPC();
  const { done, failed } = useAccountChange(trpc.identity.listPersonalTokens.queryKey());
  const [revoking, setRevoking] = useState<PersonalTokenView | null>(null);
  const revoke = useMutation(
    trpc.identity.revokePersonalToken.mutationOptions({
      onSuccess: () => done(t("revoked"), revoking?.name),
      onError: failed,
      onSettled: () => setRevoking(null),
    }),
  );
  return (
    <>
      <ul className={classes.list} aria-label={t("title")}>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={revoking !== null}
        title={t("revokeTitle")}
        label={t("revoke")}
        isBusy={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate({ id: revoking.id })}
        onClose={() => setRevoking(null)}
      >
        {t("revokeDescription", { name: revoking?.name ?? "" })}
      </ConfirmDialog>
    </>
  );
}
