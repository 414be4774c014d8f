"use client";
import type { EntryView } from "@maru/api/audit/contract";
import { DateTime } from "@maru/ui/date-time";
import { useLocale, useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { useWords } from "../hooks/use-words";
import classes from "./audit-table.module.css";

type AuditTableProps = { readonly entries: readonly EntryView[]; readonly onOpen: (id: string) => void };

/** Who did what, a row each; on a phone a card each. */
export function AuditTable({ entries, onOpen }: AuditTableProps) {
  const t = useTranslations("audit");
  return (
    <table className={classes.table} aria-label={t("title")}>
      <thead>
        <tr>
          <th scope="col" className={classes.seq}>
            {t("columns.seq")}
          </th>
          <th scope="col" className={classes.when}>
            {t("columns.when")}
          </th>
          <th scope="col" className={classes.who}>
            {t("columns.who")}
          </th>
          <th scope="col">{t("columns.action")}</th>
          <th scope="col">{t("columns.subject")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ entry, onOpen }: { readonly entry: EntryView; readonly onOpen: (id: string) => void }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const words = useWords();
  return (
    <tr className={classes.row}>
      <td className={classes.seq}>{entry.seq ?? <span className={classes.waiting}>{t("unsealed")}</span>}</td>
      <td className={classes.when}>
        <DateTime iso={entry.at} locale={locale} form="full" />
      </td>
      <td className={classes.who}>
        <Actor entry={entry} />
      </td>
      <td className={classes.action}>
        <button type="button" className={classes.open} title={entry.action} onClick={() => onOpen(entry.id)}>
          {words.action(entry.action)}
        </button>
      </td>
      <td className={classes.subject} title={entry.subjectId}>
        {words.subject(entry.subjectType)} {words.named(entry) ?? <span className={classes.id}>{entry.subjectId}</span>}
      </td>
    </tr>
  );
}

/** Who it was, as far as that is anybody. */
export function Actor({ entry }: { readonly entry: EntryView }) {
  const t = useTranslations("audit");
  return entry.actor ? <PersonLabel person={entry.actor} /> : t(`actors.${entry.actorKind}`);
}
