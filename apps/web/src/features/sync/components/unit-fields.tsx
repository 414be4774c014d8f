"use client";
import { ActionIcon, Button, Radio, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { newIdempotencyKey } from "../../../trpc/idempotency";
import { useDepartmentChoices, useRoleChoices } from "../hooks/use-names";
import type { SourceDraft } from "../source-draft";
import classes from "./source.module.css";
import { type SourceFormProps, useProblemWords } from "./source-field";

const CHOICES = ["NONE", "OU", "ATTRIBUTE", "BOTH"] as const satisfies readonly SourceDraft["departmentsFrom"][];

/** Where departments come from, and which units of the directory stand for departments of Maru. */
export function UnitFields({ draft, problems, set }: SourceFormProps) {
  const t = useTranslations("sync.source");
  const departments = useDepartmentChoices();
  const wordsOf = useProblemWords();
  const { units, departmentsFrom } = draft;
  const change = (key: string, next: Partial<SourceDraft["units"][number]>) =>
    set({ units: units.map((unit) => (unit.key === key ? { ...unit, ...next } : unit)) });
  return (
    <PortletCard title={t("departments")}>
      <Radio.Group
        label={t("departmentsFrom")}
        value={departmentsFrom}
        onChange={(value) => set({ departmentsFrom: CHOICES.find((choice) => choice === value) ?? departmentsFrom })}
      >
        <Stack gap={8} mt={8}>
          {CHOICES.map((choice) => (
            <Radio key={choice} value={choice} label={t(`departmentsFromChoices.${choice}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {departmentsFrom === "OU" || departmentsFrom === "BOTH" ? (
        <Rows
          title={t("units")}
          description={t("unitsDescription")}
          addLabel={t("addUnit")}
          onAdd={() => set({ units: [...units, { key: newIdempotencyKey(), dn: "", departmentId: null }] })}
        >
          {units.map(({ key, dn, departmentId }, place) => (
            <Row key={key} name={dn || String(place + 1)} onRemove={() => set({ units: units.filter((unit) => unit.key !== key) })}>
              <DnInput label={t("unitDn")} value={dn} error={wordsOf(problems[key])} onChange={(next) => change(key, { dn: next })} />
              <Select
                label={t("unitDepartment")}
                placeholder={t("unitNone")}
                data={departments}
                value={departmentId}
                onChange={(id) => change(key, { departmentId: id })}
                searchable
                clearable
                clearButtonProps={{ "aria-label": t("clearRoot") }}
                limit={100}
              />
            </Row>
          ))}
        </Rows>
      ) : null}
    </PortletCard>
  );
}

/** Which groups of the directory give which role. */
export function GroupFields({ draft, problems, set }: SourceFormProps) {
  const t = useTranslations("sync.source");
  const roles = useRoleChoices();
  const wordsOf = useProblemWords();
  const { groups } = draft;
  const change = (key: string, next: Partial<SourceDraft["groups"][number]>) =>
    set({ groups: groups.map((group) => (group.key === key ? { ...group, ...next } : group)) });
  return (
    <PortletCard title={t("groups")}>
      <Rows
        description={t("groupsDescription")}
        addLabel={t("addGroup")}
        onAdd={() => set({ groups: [...groups, { key: newIdempotencyKey(), dn: "", roleId: null }] })}
      >
        {groups.map(({ key, dn, roleId }, place) => (
          <Row key={key} name={dn || String(place + 1)} onRemove={() => set({ groups: groups.filter((group) => group.key !== key) })}>
            <DnInput
              label={t("groupDn")}
              value={dn}
              error={dn.trim() === "" ? wordsOf(problems[key]) : null}
              onChange={(next) => change(key, { dn: next })}
            />
            <Select
              label={t("groupRole")}
              data={roles}
              value={roleId}
              error={roleId === null ? wordsOf(problems[key]) : null}
              allowDeselect={false}
              onChange={(id) => change(key, { roleId: id })}
            />
          </Row>
        ))}
      </Rows>
    </PortletCard>
  );
}

type RowsProps = {
  readonly title?: string;
  readonly description: string;
  readonly addLabel: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
};

function Rows({ title, description, addLabel, onAdd, children }: RowsProps) {
  return (
    <div className={classes.rows}>
      {title ? <h3 className={classes.caption}>{title}</h3> : null}
      <p className={classes.hint}>{description}</p>
      {children}
      <Button className={classes.add} variant="default" leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />} onClick={onAdd}>
        {addLabel}
      </Button>
    </div>
  );
}

function Row({ name, onRemove, children }: { readonly name: string; readonly onRemove: () => void; readonly children: ReactNode }) {
  const t = useTranslations("sync.source");
  return (
    <div className={classes.pair}>
      {children}
      <ActionIcon className={classes.remove} variant="subtle" color="gray" aria-label={t("remove", { name })} onClick={onRemove}>
        <IconX size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
    </div>
  );
}

type DnInputProps = {
  readonly label: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (dn: string) => void;
};

function DnInput({ label, value, error, onChange }: DnInputProps) {
  return (
    <TextInput
      label={label}
      value={value}
      error={error}
      maxLength={1_000}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
