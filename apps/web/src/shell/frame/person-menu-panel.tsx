"use client";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { IconLogout, IconSettings, IconUser } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAccount } from "../account";
import { PersonLabel } from "../person/person-label";
import { useDepartmentName } from "../person/use-department-name";
import classes from "./person-menu.module.css";
import { PersonSettings } from "./person-settings";
import { signOutEverywhere } from "./sign-out";

/** What hangs below the person's picture. */
export default function PersonMenuPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("shell");
  const { person, username } = useAccount();
  const department = useDepartmentName(person);
  const panelRef = useRef<HTMLDivElement>(null);
  useEffect(() => panelRef.current?.focus(), []);
  return (
    <div className={classes.panel} role="dialog" aria-label={t("personMenu")} tabIndex={-1} ref={panelRef}>
      <div className={classes.who}>
        <PersonAvatar person={person} size={40} />
        <span className={classes.lines}>
          <PersonLabel person={person} strong />
          <span className={classes.caption}>{department ?? username}</span>
        </span>
      </div>
      <Link className={classes.item} href={`/people/${person.id}`} onClick={onClose}>
        <IconUser size={18} stroke={1.5} aria-hidden />
        {t("myPage")}
      </Link>
      <Link className={classes.item} href="/settings" onClick={onClose}>
        <IconSettings size={18} stroke={1.5} aria-hidden />
        {t("accountSettings")}
      </Link>
      <PersonSettings />
      <button type="button" className={classes.item} onClick={() => void signOutEverywhere()}>
        <IconLogout size={18} stroke={1.5} aria-hidden />
        {t("signOut")}
      </button>
    </div>
  );
}
