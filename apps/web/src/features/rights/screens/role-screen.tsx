"use client";
import { Alert } from "@mantine/core";
import type { PermissionView, RoleView } from "@maru/api/identity/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { DeleteRole } from "../components/delete-role";
import { FactorRule } from "../components/factor-rule";
import { RightsFrame } from "../components/rights-frame";
import { RoleConflict } from "../components/role-conflict";
import { RoleDiffDialog } from "../components/role-diff-dialog";
import { RoleForm } from "../components/role-form";
import { RoleHolders } from "../components/role-holders";
import { useRoleSaving } from "../hooks/use-role-saving";
import { useNameOf } from "../hooks/use-words";
import { draftOf, EMPTY_DRAFT, isChanged, type RoleDraft } from "../role-draft";

/** One role: what it holds, who has it, and what would change before it does. Without an id it is a new one. */
export function RoleScreen({ id }: { readonly id: string | null }) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const nameOf = useNameOf();
  const roles = useQuery(trpc.identity.listRoles.queryOptions({}));
  const permissions = useQuery(trpc.identity.listPermissions.queryOptions({}));
  const error = roles.error ?? permissions.error;
  const role = roles.data?.find((one) => one.id === id) ?? null;
  const retry = () => void Promise.all([roles.refetch(), permissions.refetch()]);
  const isThere = roles.data && permissions.data && (id === null || role);
  return (
    <RightsFrame tab="roles" title={role ? nameOf(role) : t("newRole")} action={role?.can.delete ? <DeleteRole role={role} /> : null}>
      {error ? <QueryError error={error} onRetry={retry} room="page" /> : null}
      {!error && !(roles.data && permissions.data) ? <SkeletonList shape="rows" count={6} label={shell("loading")} /> : null}
      {roles.data && id !== null && !role ? <Gone /> : null}
      {isThere ? <RoleDesk key={role?.id ?? "new"} role={role} roles={roles.data} permissions={permissions.data} /> : null}
      {role ? <FactorRule role={role} /> : null}
      {role ? <RoleHolders roleId={role.id} /> : null}
    </RightsFrame>
  );
}

function Gone() {
  const t = useTranslations("errors.identity.roleNotFound");
  return <EmptyState room="page" title={t("title")} description={t("description")} />;
}

type RoleDeskProps = {
  readonly role: RoleView | null;
  readonly roles: readonly RoleView[];
  readonly permissions: readonly PermissionView[];
};

function RoleDesk({ role, roles, permissions }: RoleDeskProps) {
  const t = useTranslations("rights");
  const router = useRouter();
  const [before, setBefore] = useState<RoleDraft>(role ? draftOf(role) : EMPTY_DRAFT);
  const [draft, setDraft] = useState(before);
  const [version, setVersion] = useState(role?.version);
  const [isReviewing, setIsReviewing] = useState(false);
  const begin = (from: RoleView) => {
    setBefore(draftOf(from));
    setDraft(draftOf(from));
    setVersion(from.version);
    setIsReviewing(false);
  };
  const saving = useRoleSaving(role, (saved) => (role ? begin(saved) : router.replace(`/admin/rights/roles/${saved.id}`)));
  const { theirs } = saving;
  const isReadOnly = role !== null && !role.can.change;
  const isNamed = draft.name.trim() !== "" && draft.nameEn.trim() !== "";
  return (
    <>
      {isReadOnly ? (
        <Alert color="gray" icon={<IconLock size={20} stroke={1.5} aria-hidden />}>
          {t(role.isBuiltIn ? "readOnlyBuiltIn" : "readOnlyRights")}
        </Alert>
      ) : null}
      {theirs ? (
        <RoleConflict
          mine={draft}
          theirs={theirs}
          roles={roles}
          onTakeTheirs={() => {
            begin(theirs);
            saving.forgetTheirs();
          }}
          onKeepMine={() => {
            // Asked for once more: what it means is measured against what stands now.
            setVersion(theirs.version);
            saving.forgetTheirs();
            setIsReviewing(true);
          }}
        />
      ) : null}
      <RoleForm
        {...{ draft, roles, permissions, isReadOnly }}
        roleId={role?.id ?? null}
        canReview={isNamed && isChanged(draft, before)}
        onChange={setDraft}
        onReview={() => setIsReviewing(true)}
      />
      {isReviewing && !theirs ? (
        <RoleDiffDialog
          roleId={role?.id ?? null}
          draft={draft}
          isSaving={saving.isSaving}
          onSave={() => saving.save(draft, version)}
          onClose={() => setIsReviewing(false)}
        />
      ) : null}
    </>
  );
}
