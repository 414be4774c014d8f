"use client";
import { useTranslations } from "next-intl";
import { PersonFinder } from "../components/person-finder";
import { RightsFrame } from "../components/rights-frame";

/** From a person to what she may do. */
export function PeopleRightsScreen() {
  const t = useTranslations("rights");
  return (
    <RightsFrame tab="people" description={t("findHint")}>
      <PersonFinder />
    </RightsFrame>
  );
}
