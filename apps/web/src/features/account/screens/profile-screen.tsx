"use client";
import { PageHeader } from "@maru/ui/page-header";
import { useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { PersonSettings } from "../../../shell/frame/person-settings";
import { PortletCard } from "../../../shell/portlet-card";
import { DeleteAccount } from "../components/delete-account";
import { MailVerification } from "../components/mail-verification";
import { OwnPhoto } from "../components/own-photo";
import { ProfileForm } from "../components/profile-form";
import { TimeZoneSelect } from "../components/time-zone-select";
import classes from "./profile-screen.module.css";

/** What a person says of herself, what she sees Maru in, and the way out. */
export function ProfileScreen() {
  const t = useTranslations("account.profile");
  const account = useAccount();
  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} description={t("description")} />
      <PortletCard title={t("photo.title")}>
        <OwnPhoto person={account.person} />
      </PortletCard>
      <PortletCard title={t("about")}>
        {/* Whoever saves is shown what was saved: the form begins anew from it. */}
        <ProfileForm key={JSON.stringify([account.person, account.contact])} account={account} />
        <MailVerification />
      </PortletCard>
      <PortletCard title={t("appearance")}>
        <div className={classes.stack}>
          <PersonSettings />
          <TimeZoneSelect value={account.timeZone} />
        </div>
      </PortletCard>
      <PortletCard title={t("delete.title")}>
        <DeleteAccount />
      </PortletCard>
    </div>
  );
}
