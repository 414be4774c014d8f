"use client";
import { Alert, Button, Select } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { useRightsChange } from "../hooks/use-rights-change";
import { useNameOf } from "../hooks/use-words";
import classes from "./rights.module.css";

const EVERYWHERE = "everywhere";

/** Gives a person a role, everywhere or for one department with all below it. */
export function AssignForm({ personId }: { readonly personId: string }) {
  const t = useTranslations("rights");
  const nameOf = useNameOf();
  const trpc = useTRPC();
  const { tellOutcome, tellError } = useRightsChange();
  const roles = useQuery(trpc.identity.listRoles.queryOptions({}));
  const departments = useQuery(trpc.directory.listDepartments.queryOptions({}));
  const [roleId, setRoleId] = useState<string | null>(null);
  const [scope, setScope] = useState(EVERYWHERE);
  const role = roles.data?.find(({ id }) => id === roleId);
  const assign = useMutation(
    trpc.identity.assignRole.mutationOptions({
      onSuccess: (outcome) => {
        setRoleId(null);
        setScope(EVERYWHERE);
        tellOutcome(outcome, t("assigned"));
      },
      onError: tellError,
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (role) assign.mutate({ personId, roleId: role.id, departmentId: scope === EVERYWHERE ? null : scope });
  };
  const places = (departments.data ?? []).map((department) => ({ value: department.id, label: nameOf(department) }));
  const highest = roles.data?.find(({ key }) => key === "system-admin");
  return (
    <PortletCard title={t("assignTitle")}>
      <form className={classes.stack} onSubmit={submit}>
        <div className={classes.columns}>
          <Select
            label={t("role")}
            placeholder={t("chooseRole")}
            data={(roles.data ?? []).filter(({ can }) => can.assign).map((one) => ({ value: one.id, label: nameOf(one) }))}
            value={roleId}
            onChange={setRoleId}
            searchable
          />
          <Select
            label={t("scope")}
            description={t("scopeHint")}
            inputWrapperOrder={["label", "input", "description"]}
            data={[{ value: EVERYWHERE, label: t("everywhere") }, ...places]}
            value={scope}
            onChange={(value) => setScope(value ?? EVERYWHERE)}
            allowDeselect={false}
            searchable
          />
        </div>
        {role?.isProtected && scope === EVERYWHERE ? (
          <Alert color="gardenia" icon={<IconShieldLock size={20} stroke={1.5} aria-hidden />}>
            {t(highest?.holderCount === 1 ? "onlyAdministratorHint" : "protectedHint")}
          </Alert>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" disabled={!role} loading={assign.isPending}>
            {t("assign")}
          </Button>
        </div>
      </form>
    </PortletCard>
  );
}
