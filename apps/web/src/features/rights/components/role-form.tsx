"use client";
import { Button, Checkbox, TextInput } from "@mantine/core";
import type { PermissionView, RoleView } from "@maru/api/identity/contract";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { groupByModule } from "../group-by-module";
import { useModuleName, useNameOf, usePermissionWords } from "../hooks/use-words";
import { includable, inheritedOf, type RoleDraft, toggled } from "../role-draft";
import classes from "./rights.module.css";

type RoleFormProps = {
  readonly roleId: string | null;
  readonly draft: RoleDraft;
  readonly roles: readonly RoleView[];
  readonly permissions: readonly PermissionView[];
  readonly isReadOnly: boolean;
  readonly canReview: boolean;
  readonly onChange: (draft: RoleDraft) => void;
  readonly onReview: () => void;
};

const MAX_NAME = 60;

/** What a role is called, what it includes and what it holds itself. Nothing is saved from here: first comes what it would mean. */
export function RoleForm({ roleId, draft, roles, permissions, isReadOnly, canReview, onChange, onReview }: RoleFormProps) {
  const t = useTranslations("rights");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canReview) onReview();
  };
  const name = (field: "name" | "nameEn", label: string) => (
    <TextInput
      label={label}
      value={draft[field]}
      maxLength={MAX_NAME}
      required
      readOnly={isReadOnly}
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
    />
  );
  return (
    <form className={classes.stack} onSubmit={submit}>
      <div className={classes.columns}>
        {name("name", t("nameKo"))}
        {name("nameEn", t("nameEn"))}
      </div>
      <IncludedRoles roleId={roleId} draft={draft} roles={roles} isReadOnly={isReadOnly} onChange={onChange} />
      <OwnPermissions draft={draft} roles={roles} permissions={permissions} isReadOnly={isReadOnly} onChange={onChange} />
      {isReadOnly ? null : (
        <div className={classes.actions}>
          <Button type="submit" disabled={!canReview}>
            {t("review")}
          </Button>
        </div>
      )}
    </form>
  );
}

type PartProps = Pick<RoleFormProps, "draft" | "roles" | "isReadOnly" | "onChange">;

function IncludedRoles({ roleId, draft, roles, isReadOnly, onChange }: PartProps & { readonly roleId: string | null }) {
  const t = useTranslations("rights");
  const nameOf = useNameOf();
  const choices = includable(roleId, roles);
  if (choices.length === 0 || (isReadOnly && draft.includedIds.length === 0)) return null;
  return (
    <PortletCard title={t("includes")}>
      <fieldset className={classes.field} disabled={isReadOnly}>
        <legend className={classes.legend}>{t("includesDescription")}</legend>
        <div className={classes.choices}>
          {choices.map((role) => (
            <Checkbox
              key={role.id}
              label={nameOf(role)}
              checked={draft.includedIds.includes(role.id)}
              onChange={() => onChange({ ...draft, includedIds: toggled(draft.includedIds, role.id) })}
            />
          ))}
        </div>
      </fieldset>
    </PortletCard>
  );
}

function OwnPermissions({ draft, roles, permissions, isReadOnly, onChange }: PartProps & Pick<RoleFormProps, "permissions">) {
  const t = useTranslations("rights");
  const words = usePermissionWords();
  const moduleName = useModuleName();
  const inherited = inheritedOf(draft, roles);
  const describe = ({ key, scope }: PermissionView) =>
    [words(key).sentence, scope === "department" ? t("scopeDepartment") : "", inherited.has(key) ? t("inheritedFrom") : ""]
      .filter(Boolean)
      .join(" ");
  return (
    <PortletCard title={t("permissionsTitle")}>
      <div className={classes.stack}>
        {groupByModule(permissions).map(([module, group]) => (
          <fieldset key={module} className={classes.field} disabled={isReadOnly}>
            <legend className={classes.legend}>{moduleName(module)}</legend>
            <div className={classes.choices}>
              {group.map((permission) => (
                <Checkbox
                  key={permission.key}
                  label={words(permission.key).name}
                  description={describe(permission)}
                  checked={draft.permissions.includes(permission.key)}
                  indeterminate={!draft.permissions.includes(permission.key) && inherited.has(permission.key)}
                  onChange={() => onChange({ ...draft, permissions: toggled(draft.permissions, permission.key) })}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </PortletCard>
  );
}
