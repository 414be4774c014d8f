"use client";
import { Alert } from "@mantine/core";
import { formatPersonName } from "@maru/ui/person-name/format";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { AssignForm } from "../components/assign-form";
import { AssignmentList } from "../components/assignment-list";
import { RightReasons } from "../components/right-reasons";
import { RightsFrame } from "../components/rights-frame";

/** Everything that a person may do, why, and the way to change it. */
export function PersonRightsScreen({ id }: { readonly id: string }) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const trpc = useTRPC();
  const { permissions: own } = useAccount();
  const { data, error, refetch } = useQuery(trpc.identity.explainRights.queryOptions({ personId: id }));
  const title = data ? t("rightsOf", { name: formatPersonName(data.person, { locale, honorific: true }) }) : t("tabPeople");
  return (
    <RightsFrame tab="people" title={title}>
      {error ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {!error && !data ? <SkeletonList shape="rows" count={6} label={shell("loading")} /> : null}
      {data && !data.isActive ? (
        <Alert color="gardenia" icon={<IconUserOff size={20} stroke={1.5} aria-hidden />}>
          {t("inactive")}
        </Alert>
      ) : null}
      {data ? <AssignmentList assignments={data.assignments} /> : null}
      {data && own.includes("identity.manage-roles") ? <AssignForm personId={id} /> : null}
      {data ? <RightReasons rights={data} /> : null}
    </RightsFrame>
  );
}
