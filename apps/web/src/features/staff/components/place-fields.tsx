"use client";
import { ActionIcon, Button, Radio, Select } from "@mantine/core";
import type { StandingView } from "@maru/api/directory/contract";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { newIdempotencyKey } from "../../../trpc/idempotency";
import { useNameOf } from "../hooks/use-name-of";
import { type PersonDraft, withFirst, withoutPlace, withPlace, withPlaceChange } from "../person-draft";
import { DepartmentSelect } from "./department-select";
import classes from "./staff.module.css";

const MAX_PLACES = 10;

type PlaceFieldsProps = {
  readonly draft: PersonDraft;
  readonly titles: readonly StandingView[];
  readonly fault?: string;
  readonly onChange: (draft: PersonDraft) => void;
};

/** Where somebody works: departments, each with her duty there, and which of them is the first. */
export function PlaceFields({ draft, titles, fault, onChange }: PlaceFieldsProps) {
  const t = useTranslations("staff.form");
  const nameOf = useNameOf();
  const group = useId();
  const titleOptions = titles.map((title) => ({ value: title.id, label: nameOf(title) }));
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>{t("places")}</legend>
      {draft.places.map(({ key, departmentId, titleId, isPrimary }, index) => (
        <div key={key} className={classes.place}>
          <div className={classes.wide}>
            <DepartmentSelect
              label={t("department", { number: index + 1 })}
              placeholder={t("chooseDepartment")}
              value={departmentId}
              onChange={(id) => onChange(withPlaceChange(draft, key, { departmentId: id }))}
            />
          </div>
          <div className={classes.wide}>
            <Select
              label={t("title", { number: index + 1 })}
              placeholder={t("noTitle")}
              data={titleOptions}
              value={titleId}
              onChange={(id) => onChange(withPlaceChange(draft, key, { titleId: id }))}
              clearable
              clearButtonProps={{ "aria-label": t("clear") }}
            />
          </div>
          <Radio
            className={classes.first}
            name={group}
            label={t("first")}
            aria-label={t("firstOf", { number: index + 1 })}
            checked={isPrimary}
            onChange={() => onChange(withFirst(draft, key))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("removePlace", { number: index + 1 })}
            onClick={() => onChange(withoutPlace(draft, key))}
          >
            <IconTrash size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {fault ? (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      ) : null}
      <div className={classes.actions}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
          disabled={draft.places.length >= MAX_PLACES}
          onClick={() => onChange(withPlace(draft, newIdempotencyKey()))}
        >
          {t("addPlace")}
        </Button>
      </div>
    </fieldset>
  );
}
