"use client";
import { Button, Select, TextInput } from "@mantine/core";
import type { StaffDetailView, StandingsView } from "@maru/api/directory/contract";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PersonSelect } from "../../../shell/person/person-select";
import { PortletCard } from "../../../shell/portlet-card";
import { useNameOf } from "../hooks/use-name-of";
import { usePersonSaving } from "../hooks/use-person-saving";
import { draftOf, EMPTY_DRAFT, type PersonDraft, type PersonField } from "../person-draft";
import { PlaceFields } from "./place-fields";
import classes from "./staff.module.css";

type PersonFormProps = {
  readonly person: StaffDetailView | null;
  readonly standings: StandingsView;
  readonly onSaved: (id: string) => void;
};

/** Everything that the organisation says of a person. A refusal stands at the field that it is about. */
export function PersonForm({ person, standings, onSaved }: PersonFormProps) {
  const t = useTranslations("staff.form");
  const [draft, setDraft] = useState(person ? draftOf(person) : EMPTY_DRAFT);
  const { save, isSaving, faults } = usePersonSaving(person, onSaved);
  const change = (part: Partial<PersonDraft>) => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSaving) save(draft);
  };
  const parts = { draft, faults, change };
  return (
    <form className={classes.stack} onSubmit={submit} noValidate>
      <PortletCard title={t("who")}>
        <WordFields {...parts} isMailLocked={person !== null && !person.can.changeMail} />
      </PortletCard>
      <PortletCard title={t("work")}>
        <div className={classes.stack}>
          <StandingFields {...parts} person={person} standings={standings} />
          <PlaceFields draft={draft} titles={standings.titles} fault={faults.places} onChange={setDraft} />
        </div>
      </PortletCard>
      <div className={classes.actions}>
        <Button type="submit" loading={isSaving}>
          {t(person ? "save" : "takeIn")}
        </Button>
      </div>
    </form>
  );
}

type PartProps = {
  readonly draft: PersonDraft;
  readonly faults: Partial<Record<PersonField, string>>;
  readonly change: (part: Partial<PersonDraft>) => void;
};

const WORDS = { name: 60, nameEn: 60, employeeNo: 40, email: 200, phone: 40, mobile: 40 } as const;

function WordFields({ draft, faults, change, isMailLocked }: PartProps & { readonly isMailLocked: boolean }) {
  const t = useTranslations("staff.form");
  return (
    <div className={classes.columns}>
      {Object.entries(WORDS).map(([name, maxLength]) => {
        const field = name as keyof typeof WORDS;
        const isLocked = field === "email" && isMailLocked;
        return (
          <TextInput
            key={field}
            label={t(field)}
            description={isLocked ? t("mailLocked") : undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            type={field === "email" ? "email" : "text"}
            required={field === "name"}
            readOnly={isLocked}
            maxLength={maxLength}
            autoComplete="off"
            value={draft[field]}
            error={faults[field]}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
          />
        );
      })}
      <TextInput
        type="date"
        label={t("joinedOn")}
        value={draft.joinedOn}
        error={faults.joinedOn}
        onChange={(event) => change({ joinedOn: event.currentTarget.value })}
      />
    </div>
  );
}

function StandingFields({ draft, faults, change, person, standings }: PartProps & Omit<PersonFormProps, "onSaved">) {
  const t = useTranslations("staff.form");
  const nameOf = useNameOf();
  const clearing = { clearable: true, clearButtonProps: { "aria-label": t("clear") } };
  const choice = (list: StandingsView["ranks"]) => list.map((one) => ({ value: one.id, label: nameOf(one) }));
  return (
    <div className={classes.columns}>
      <Select
        {...clearing}
        label={t("rank")}
        placeholder={t("none")}
        data={choice(standings.ranks)}
        value={draft.rankId}
        error={faults.rankId}
        onChange={(rankId) => change({ rankId })}
      />
      <Select
        {...clearing}
        label={t("position")}
        placeholder={t("none")}
        data={choice(standings.positions)}
        value={draft.positionId}
        onChange={(positionId) => change({ positionId })}
      />
      <PersonSelect
        label={t("manager")}
        value={draft.managerId}
        known={person?.manager}
        clearLabel={t("clear")}
        error={faults.managerId}
        onChange={(managerId) => change({ managerId })}
      />
    </div>
  );
}
