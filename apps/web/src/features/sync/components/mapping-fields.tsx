"use client";
import { ActionIcon, TextInput } from "@mantine/core";
import type { SampleView } from "@maru/api/sync/contract";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { ATTRIBUTE_NAMES, type AttributeName, USUAL_PHOTO } from "../source-draft";
import classes from "./source.module.css";
import { type SourceFormProps, useProblemWords } from "./source-field";

type MappingFieldsProps = SourceFormProps & { readonly samples: readonly SampleView[] };

/** Which attribute means what, beside what it holds in a real entry. */
export function MappingFields({ samples, ...form }: MappingFieldsProps) {
  const t = useTranslations("sync.source");
  const [place, setPlace] = useState(0);
  const sample = samples[Math.min(place, samples.length - 1)] ?? null;
  return (
    <PortletCard title={t("mapping")}>
      <p className={classes.hint}>{t("mappingDescription")}</p>
      {sample ? (
        <Browser samples={samples} place={Math.min(place, samples.length - 1)} onChange={setPlace} />
      ) : (
        <p className={classes.hint}>{t("samplesEmpty")}</p>
      )}
      <table className={classes.mapping} aria-label={t("mapping")}>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            <th scope="col">{t("attribute")}</th>
            <th scope="col">{t("sampleValue")}</th>
          </tr>
        </thead>
        <tbody>
          {ATTRIBUTE_NAMES.map((name) => (
            <MappingRow key={name} name={name} sample={sample} {...form} />
          ))}
        </tbody>
      </table>
    </PortletCard>
  );
}

type BrowserProps = { readonly samples: readonly SampleView[]; readonly place: number; readonly onChange: (place: number) => void };

function Browser({ samples, place, onChange }: BrowserProps) {
  const t = useTranslations("sync.source");
  const step = (by: number) => onChange((place + by + samples.length) % samples.length);
  return (
    <div className={classes.browser}>
      <ActionIcon variant="default" aria-label={t("samplePrevious")} onClick={() => step(-1)}>
        <IconChevronLeft size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t("sampleNext")} onClick={() => step(1)}>
        <IconChevronRight size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
      <span className={classes.hint}>{t("sampleOf", { at: place + 1, total: samples.length })}</span>
      <code className={classes.dn}>{samples[place]?.dn}</code>
    </div>
  );
}

type MappingRowProps = SourceFormProps & { readonly name: AttributeName; readonly sample: SampleView | null };

function MappingRow({ name, sample, draft, problems, set }: MappingRowProps) {
  const t = useTranslations("sync.source");
  const fields = useTranslations("sync.items.fields");
  const wordsOf = useProblemWords();
  const field = fields(name);
  return (
    <tr>
      <th scope="row">{field}</th>
      <td>
        <TextInput
          aria-label={t("attributeOf", { field })}
          value={draft.attributes[name]}
          placeholder={name === "photo" ? t("photoNotMapped", { attribute: USUAL_PHOTO[draft.kind] }) : t("notMapped")}
          error={wordsOf(problems[`attributes.${name}`])}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set({ attributes: { ...draft.attributes, [name]: event.currentTarget.value } })}
        />
      </td>
      <td className={classes.value}>{sample ? <SampleValue value={sample.fields[name]} /> : null}</td>
    </tr>
  );
}

function SampleValue({ value }: { readonly value: string | null | undefined }) {
  const t = useTranslations("sync.source");
  if (value === undefined) return null;
  return value === null ? <span className={classes.hint}>{t("noValue")}</span> : value;
}
