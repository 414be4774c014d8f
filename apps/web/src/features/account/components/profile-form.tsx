"use client";
import { Button, TextInput } from "@mantine/core";
import type { AccountView } from "@maru/api/identity/contract";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useProfileChange } from "../hooks/use-profile-change";
import classes from "../screens/account-screens.module.css";

const PHONE = /^\+?\d[\d ().-]{2,38}$/;
const FIELDS = ["name", "nameEn", "phone", "mobile"] as const;
type Field = (typeof FIELDS)[number];
type Draft = Record<Field, string>;

const draftOf = ({ person, contact }: AccountView): Draft => ({
  name: person.name,
  nameEn: person.nameEn ?? "",
  phone: contact.phone ?? "",
  mobile: contact.mobile ?? "",
});

/** Names and numbers. What the person may not change she sees, and whom to ask. */
export function ProfileForm({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.profile");
  const stood = draftOf(account);
  const [draft, setDraft] = useState(stood);
  const [wasSent, setSent] = useState(false);
  const { save, isSaving } = useProfileChange();
  const isWrong = (field: Field): boolean =>
    field === "name" ? draft.name.trim() === "" : field !== "nameEn" && draft[field].trim() !== "" && !PHONE.test(draft[field].trim());
  const changed = FIELDS.filter((field) => draft[field].trim() !== stood[field]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (FIELDS.some(isWrong) || changed.length === 0 || isSaving) return;
    save(Object.fromEntries(changed.map((field) => [field, draft[field].trim() || null])));
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={t(`fields.${field}`)}
          type={field === "phone" || field === "mobile" ? "tel" : "text"}
          maxLength={field === "phone" || field === "mobile" ? 40 : 60}
          readOnly={!account.can.change.includes(field)}
          value={draft[field]}
          onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
          error={wasSent && isWrong(field) ? t(field === "name" ? "nameMissing" : "phoneWrong") : undefined}
        />
      ))}
      <TextInput label={t("fields.email")} description={t("emailHint")} variant="filled" readOnly value={account.contact.email ?? ""} />
      <div className={classes.actions}>
        <Button type="submit" disabled={changed.length === 0} loading={isSaving}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
