"use client";
import { Alert, Button, NativeSelect } from "@mantine/core";
import { FILE_FIELDS, type FileField, type Found, type ImportView, previewImportInput } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import tables from "../../sync/components/sync.module.css";
import { useSyncChange } from "../../sync/hooks/use-sync-change";
import classes from "./imports.module.css";

type Fields = readonly (FileField | null)[];

/** The second step: what each column means. It is guessed from its name, and shown beside what stands in it. */
export function ColumnsStep({ view, found }: { readonly view: ImportView; readonly found: Found }) {
  const t = useTranslations("imports.columns");
  const { failed, refresh } = useSyncChange();
  const [fields, setFields] = useState<Fields>(view.fields ?? found.columns.map(({ guess }) => guess));
  const preview = useMutation(useTRPC().sync.previewImport.mutationOptions({ onSuccess: refresh, onError: failed }));
  const input = previewImportInput.safeParse({ id: view.id, fields });
  const isNumberless = !fields.includes("employeeNo");
  return (
    <PortletCard title={t("title")}>
      <div className={classes.stack}>
        <Written found={found} />
        {view.can.preview ? (
          <>
            <Columns found={found} fields={fields} onChange={setFields} />
            {input.success ? null : (
              <Alert color="gardenia" title={t(isNumberless ? "numberNeeded" : "twice")}>
                {t(isNumberless ? "numberNeededNote" : "twiceNote")}
              </Alert>
            )}
            <div className={classes.actions}>
              <Button
                disabled={!input.success}
                loading={preview.isPending}
                variant={view.preview ? "default" : "filled"}
                onClick={() => input.success && preview.mutate(input.data)}
              >
                {t(view.preview ? "again" : "preview")}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </PortletCard>
  );
}

/** How the file is written, so that whoever sees broken letters knows why. */
function Written({ found: { format, encoding, hasMark, delimiter, rowCount } }: { readonly found: Found }) {
  const t = useTranslations("imports.columns");
  const written =
    format === "XLSX"
      ? t("workbook")
      : t("text", {
          encoding: t(`encodings.${encoding ?? "utf-8"}`),
          mark: hasMark ? "yes" : "no",
          delimiter: t(`delimiters.${delimiter === "\t" ? "tab" : delimiter === ";" ? "semicolon" : delimiter === "|" ? "bar" : "comma"}`),
        });
  return (
    <p className={classes.lead}>
      {written} {t("rows", { count: rowCount })}
    </p>
  );
}

type ColumnsProps = { readonly found: Found; readonly fields: Fields; readonly onChange: (fields: Fields) => void };

function Columns({ found, fields, onChange }: ColumnsProps) {
  const t = useTranslations("imports");
  const choices = [{ value: "", label: t("columns.skip") }, ...FILE_FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))];
  const choose = (at: number, value: string) => onChange(fields.with(at, value === "" ? null : (value as FileField)));
  return (
    <table className={tables.table} aria-label={t("columns.title")}>
      <thead>
        <tr>
          <th scope="col">{t("columns.column")}</th>
          <th scope="col">{t("columns.samples")}</th>
          <th scope="col">{t("columns.meaning")}</th>
        </tr>
      </thead>
      <tbody>
        {found.columns.map(({ name, samples }, at) => (
          // Two columns of a file may have one name.
          <tr key={`${at} ${name}`}>
            <td className={tables.label}>{name === "" ? t("columns.nameless", { number: at + 1 }) : name}</td>
            <td className={classes.samples}>{samples.join(" · ")}</td>
            <td>
              <NativeSelect
                aria-label={t("columns.meaningOf", { name: name || String(at + 1) })}
                data={choices}
                value={fields[at] ?? ""}
                onChange={(event) => choose(at, event.currentTarget.value)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
