"use client";
import { Alert, PasswordInput, SegmentedControl, Select, Textarea } from "@mantine/core";
import type { SourceView } from "@maru/api/sync/contract";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { mustTypePassword, type Security, type SourceKind, withKind, withSecurity } from "../source-draft";
import classes from "./source.module.css";
import { SourceField, type SourceFormProps, useProblemWords } from "./source-field";

const KINDS = ["AD", "OPENLDAP"] as const satisfies readonly SourceKind[];
const SECURITIES = ["LDAPS", "STARTTLS", "NONE"] as const satisfies readonly Security[];

/** Where the directory is, and with which account it is read. */
export function ServerFields({ saved, ...form }: SourceFormProps & { readonly saved: SourceView | null }) {
  const t = useTranslations("sync.source");
  const sources = useTranslations("sync.sources");
  const { draft, set } = form;
  return (
    <PortletCard title={t("server")}>
      <div className={classes.fields}>
        <div className={classes.row}>
          <Select
            label={t("kind")}
            data={KINDS.map((value) => ({ value, label: sources(`kind.${value}`) }))}
            value={draft.kind}
            allowDeselect={false}
            onChange={(value) => set(withKind(draft, KINDS.find((kind) => kind === value) ?? draft.kind))}
          />
          <SourceField {...form} field="name" placeholder={t("nameExample")} maxLength={100} />
        </div>
        <div className={classes.field}>
          <span className={classes.caption} id="sync-security">
            {t("security")}
          </span>
          <SegmentedControl
            aria-labelledby="sync-security"
            data={SECURITIES.map((value) => ({ value, label: t(`securities.${value}`) }))}
            value={draft.security}
            onChange={(value) => set(withSecurity(draft, SECURITIES.find((one) => one === value) ?? draft.security))}
          />
        </div>
        {draft.security === "NONE" ? (
          <Alert color="gardenia" icon={<IconAlertTriangle size={20} stroke={1.5} aria-hidden />}>
            {t("plainWarning")}
          </Alert>
        ) : null}
        <div className={classes.address}>
          <SourceField {...form} field="host" placeholder={t("hostExample")} maxLength={250} />
          <SourceField {...form} field="port" inputMode="numeric" maxLength={5} />
        </div>
        {draft.security === "NONE" ? null : (
          <Textarea
            label={t("ca")}
            description={t("caDescription")}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={draft.ca}
            maxLength={20_000}
            rows={3}
            spellCheck={false}
            classNames={{ input: classes.code }}
            onChange={(event) => set({ ca: event.currentTarget.value })}
          />
        )}
        <SourceField {...form} field="bindDn" placeholder={t("bindDnExample")} maxLength={1_000} />
        <Password saved={saved} {...form} />
      </div>
    </PortletCard>
  );
}

// It can be typed and not read: what is kept stays where it is until another one is typed, or until it would go to another server.
function Password({ saved, draft, problems, set }: SourceFormProps & { readonly saved: SourceView | null }) {
  const t = useTranslations("sync.source");
  const wordsOf = useProblemWords();
  const mustType = mustTypePassword(draft, saved);
  const isAnother = saved?.hasPassword === true && mustType;
  return (
    <PasswordInput
      label={t("password")}
      description={t(isAnother ? "passwordAgain" : mustType ? "passwordNever" : "passwordKept")}
      value={draft.password}
      error={wordsOf(problems.password)}
      required={mustType}
      maxLength={500}
      autoComplete="new-password"
      onChange={(event) => set({ password: event.currentTarget.value })}
    />
  );
}
