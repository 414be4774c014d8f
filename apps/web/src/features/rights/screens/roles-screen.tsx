"use client";
import { Button } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { PermissionMatrix } from "../components/permission-matrix";
import { RightsFrame } from "../components/rights-frame";
import { RoleList } from "../components/role-list";

/** The roles of the installation and what each of them holds. */
export function RolesScreen() {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { permissions: own } = useAccount();
  const roles = useQuery(trpc.identity.listRoles.queryOptions({}));
  const permissions = useQuery(trpc.identity.listPermissions.queryOptions({}));
  const error = roles.error ?? permissions.error;
  const retry = () => void Promise.all([roles.refetch(), permissions.refetch()]);
  const newRole = own.includes("identity.manage-roles") ? (
    <Button component={Link} href="/admin/rights/roles/new">
      {t("newRole")}
    </Button>
  ) : null;
  return (
    <RightsFrame tab="roles" description={t("rolesDescription")} action={newRole}>
      {error ? <QueryError error={error} onRetry={retry} room="page" /> : null}
      {!error && !(roles.data && permissions.data) ? <SkeletonList shape="rows" count={6} label={shell("loading")} /> : null}
      {roles.data && permissions.data ? (
        <>
          <RoleList roles={roles.data} />
          <PermissionMatrix roles={roles.data} permissions={permissions.data} />
        </>
      ) : null}
    </RightsFrame>
  );
}
