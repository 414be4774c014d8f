import type { RoleView } from "@maru/api/identity/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPC } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";
import type { RoleDraft } from "../role-draft";
import { useRightsChange } from "./use-rights-change";

/** Saves a role, new or known; when somebody else was first, holds what stands now until the administrator has chosen. */
export const useRoleSaving = (role: RoleView | null, onSaved: (saved: RoleView) => void) => {
  const t = useTranslations("rights");
  const trpc = useTRPC();
  const { refresh, tellError } = useRightsChange();
  const [theirs, setTheirs] = useState<RoleView | null>(null);
  const told = {
    onSuccess: (saved: RoleView) => {
      setTheirs(null);
      showToast({ title: t(role ? "saved" : "created"), tone: "done" });
      void refresh();
      onSaved(saved);
    },
    onError: (error: unknown) => {
      const { code, details } = failureOf(error);
      if (code === "identity.roleChanged") setTheirs(details.current as RoleView);
      else tellError(error);
    },
  };
  const create = useMutation(trpc.identity.createRole.mutationOptions(told));
  const update = useMutation(trpc.identity.updateRole.mutationOptions(told));
  return {
    theirs,
    isSaving: create.isPending || update.isPending,
    forgetTheirs: () => setTheirs(null),
    save: ({ name, nameEn, permissions, includedIds }: RoleDraft, version: number | undefined = role?.version) => {
      const wanted = { name: name.trim(), nameEn: nameEn.trim(), permissions: [...permissions], includedIds: [...includedIds] };
      if (role && version !== undefined) update.mutate({ id: role.id, version, ...wanted });
      else create.mutate(wanted);
    },
  };
};
