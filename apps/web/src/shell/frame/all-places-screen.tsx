"use client";
import { PageHeader } from "@maru/ui/page-header";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useAccount } from "../account";
import { PersonLabel } from "../person/person-label";
import { useDepartmentName } from "../person/use-department-name";
import classes from "./all-places-screen.module.css";
import { PersonSettings } from "./person-settings";
import { signOutEverywhere } from "./sign-out";
import { useNavigation } from "./use-navigation";

/** The fifth place of a phone's bar: every place, who I am, and what is mine to choose. */
export function AllPlacesScreen() {
  const t = useTranslations("shell");
  const { person, username } = useAccount();
  const department = useDepartmentName(person);
  return (
    <div className={classes.page}>
      <PageHeader title={t("all")} description={t("allDescription")} />
      <Link className={classes.who} href={`/people/${person.id}`}>
        <PersonAvatar person={person} size={48} />
        <span className={classes.lines}>
          <PersonLabel person={person} strong />
          <span className={classes.caption}>{department ?? username}</span>
        </span>
      </Link>
      <ul className={classes.places}>
        {useNavigation().map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link className={classes.place} href={href}>
              <Icon size={24} stroke={1.5} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <div className={classes.card}>
        <PersonSettings />
        <Link className={classes.out} href="/settings">
          <IconSettings size={18} stroke={1.5} aria-hidden />
          {t("accountSettings")}
        </Link>
        <button type="button" className={classes.out} onClick={() => void signOutEverywhere()}>
          <IconLogout size={18} stroke={1.5} aria-hidden />
          {t("signOut")}
        </button>
      </div>
    </div>
  );
}
