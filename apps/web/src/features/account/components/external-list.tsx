"use client";
import { Alert } from "@mantine/core";
import type { ExternalIdentityView, ProviderName } from "@maru/api/federation/contract";
import { IconAlertCircle, IconCircleCheck } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { useAccountChange } from "../hooks/use-account-change";
import classes from "../screens/account-screens.module.css";
import { ConfirmDialog } from "./confirm-dialog";
import { ExternalRow } from "./external-row";

/** The other services with which one signs in. Without any there is nothing to see. */
export function ExternalList() {
  const t = useTranslations("account.external");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.federation.listIdentities.queryOptions({}));
  const [leaving, setLeaving] = useState<ExternalIdentityView | null>(null);
  const { done, failed } = useAccountChange(trpc.federation.listIdentities.queryKey());
  const link = useMutation(
    trpc.federation.startLink.mutationOptions({ onSuccess: ({ url }) => window.location.assign(url), onError: failed }),
  );
  const unlink = useMutation(trpc.federation.unlinkIdentity.mutationOptions({ onSuccess: () => done(t("unlinked")), onError: failed }));
  if (!data || data.identities.length + data.providers.length === 0) return null;
  const { identities, providers } = data;
  const gone = identities.map(({ provider }) => provider).filter((provider) => !providers.includes(provider));
  return (
    <section aria-labelledby="external">
      <h2 id="external" className={classes.section}>
        {t("title")}
      </h2>
      <p className={classes.lead}>{t("description")}</p>
      <CameBack isKnown={(provider) => identities.some((identity) => identity.provider === provider)} />
      <ul className={classes.list} aria-labelledby="external">
        {[...providers, ...gone].map((provider) => (
          <ExternalRow
            key={provider}
            provider={provider}
            identity={identities.find((identity) => identity.provider === provider) ?? null}
            isHere={providers.includes(provider)}
            isBusy={link.isPending || link.isSuccess}
            onLink={() => link.mutate({ provider })}
            onUnlink={setLeaving}
          />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t("unlinkTitle")}
        label={t("unlink")}
        isBusy={unlink.isPending}
        onConfirm={() => {
          setLeaving(null);
          if (leaving) unlink.mutate({ id: leaving.id });
        }}
        onClose={() => setLeaving(null)}
      >
        {t("unlinkDescription", { provider: t(leaving?.provider ?? "google") })}
      </ConfirmDialog>
    </section>
  );
}

/** What came of the way to a provider, beside the list to which it leads. An address that somebody made up says nothing. */
function CameBack({ isKnown }: { readonly isKnown: (provider: string) => boolean }) {
  const t = useTranslations("account.external");
  const errorText = useErrorText();
  const place = useSearchParams();
  const ref = useRef<HTMLDivElement>(null);
  const [code, linked] = [place.get("failure"), place.get("linked")];
  const failure = code?.startsWith("federation.") ? errorText({ data: { httpStatus: 400, app: { code, details: {} } } }) : null;
  const isLinked = linked !== null && isKnown(linked);
  const isSaid = failure !== null || isLinked;
  useEffect(() => {
    if (isSaid) ref.current?.scrollIntoView({ block: "center" });
  }, [isSaid]);
  return (
    <div role={failure ? "alert" : "status"} ref={ref} className={isSaid ? classes.notice : undefined}>
      {failure ? (
        <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={failure.title}>
          {failure.description}
        </Alert>
      ) : null}
      {!failure && isLinked ? (
        <Alert color="pine" icon={<IconCircleCheck size={20} stroke={1.5} />}>
          {t("linked", { provider: t(linked as ProviderName) })}
        </Alert>
      ) : null}
    </div>
  );
}
