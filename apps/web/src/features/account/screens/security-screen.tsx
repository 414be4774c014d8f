"use client";
import { Alert } from "@mantine/core";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconShieldLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAccount } from "../../../shell/account";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { ExternalList } from "../components/external-list";
import { GeneratorRow } from "../components/generator-row";
import { PasskeyList } from "../components/passkey-list";
import { RecoveryRow } from "../components/recovery-row";
import { ToldCodes } from "../components/told-codes";
import classes from "./account-screens.module.css";

/** The second factors of one's account, and the codes for the day that they are lost. */
export function SecurityScreen() {
  const t = useTranslations("account.security");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { needsFactor } = useAccount();
  const { data, isPending, error, refetch } = useQuery({ ...trpc.factor.listFactors.queryOptions(), refetchOnMount: "always" });
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const hasFactor = data !== undefined && (data.generatorSince !== null || data.passkeys.length > 0);
  // The first factor of whoever had to have one opens the house: everything is read anew.
  const close = () => (needsFactor ? window.location.assign("/") : setCodes(null));
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {needsFactor && data && !hasFactor ? (
        <Alert className={classes.notice} color="gardenia" icon={<IconShieldLock size={20} stroke={1.5} />}>
          {t("needed")}
        </Alert>
      ) : null}
      {codes ? <ToldCodes codes={codes} onClose={close} /> : null}
      {isPending ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <ul className={classes.list} aria-label={t("title")}>
            <GeneratorRow since={data.generatorSince} onCodes={setCodes} />
            {hasFactor ? <RecoveryRow left={data.recoveryCodesLeft} onCodes={setCodes} /> : null}
          </ul>
          <PasskeyList passkeys={data.passkeys} canHavePasskeys={data.canHavePasskeys} onCodes={setCodes} />
          {needsFactor ? null : <ExternalList />}
        </>
      ) : null}
    </>
  );
}
