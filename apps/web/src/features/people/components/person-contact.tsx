"use client";
import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { PersonDetailView } from "@maru/api/directory/contract";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import classes from "./person-facts.module.css";

/** How to reach a person. A press calls, writes, or copies the address. */
export function PersonContact({ person }: { readonly person: PersonDetailView }) {
  const t = useTranslations("people");
  const format = useFormatter();
  const isKorean = useLocale() === "ko";
  const { phone, mobile, email, employeeNo, joinedOn } = person;
  const position = isKorean ? person.position : (person.positionEn ?? person.position);
  const clipboard = useClipboard({ timeout: 1_500 });
  const none = <span className={classes.none}>{t("notGiven")}</span>;
  return (
    <PortletCard title={t("contact")}>
      <dl className={classes.facts}>
        <Fact name={t("phone")}>{phone ? <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a> : none}</Fact>
        {mobile ? (
          <Fact name={t("mobile")}>
            <a href={`tel:${mobile.replaceAll(/[^+\d]/g, "")}`}>{mobile}</a>
          </Fact>
        ) : null}
        <Fact name={t("mail")}>
          {email ? (
            <span className={classes.withAction}>
              <a href={`mailto:${email}`}>{email}</a>
              <ActionIcon size={24} aria-label={t(clipboard.copied ? "copied" : "copyMail")} onClick={() => clipboard.copy(email)}>
                {clipboard.copied ? <IconCheck size={16} stroke={1.5} aria-hidden /> : <IconCopy size={16} stroke={1.5} aria-hidden />}
              </ActionIcon>
            </span>
          ) : (
            none
          )}
        </Fact>
        <Fact name={t("employeeNo")}>{employeeNo ?? none}</Fact>
        {position ? <Fact name={t("position")}>{position}</Fact> : null}
        {joinedOn ? <Fact name={t("joinedOn")}>{format.dateTime(new Date(joinedOn), { dateStyle: "long", timeZone: "UTC" })}</Fact> : null}
      </dl>
    </PortletCard>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
