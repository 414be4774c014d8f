"use client";
import type { PersonView, StaffView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import classes from "./staff.module.css";

const TONES: Readonly<Record<PersonView["state"], StatusTone>> = {
  ACTIVE: "done",
  ON_LEAVE: "progress",
  RESIGNED: "neutral",
  SCHEDULED_FOR_DELETION: "caution",
};

/** What needs no word of its own: who works here, and who has left stands so beside her name already. */
const SAID_BY_NAME: ReadonlySet<PersonView["state"]> = new Set(["ACTIVE", "RESIGNED"]);

/** How somebody stands: working, on leave, gone. */
export function StateBadge({ state }: { readonly state: PersonView["state"] }) {
  return <StatusBadge tone={TONES[state]} label={useTranslations("staff")(`states.${state}`)} />;
}

/** A person of the organisation, with what waits for its day. */
export function StaffRow({ person }: { readonly person: StaffView }) {
  const t = useTranslations("staff");
  const { employeeNo, email, upcoming } = person;
  return (
    <li>
      <Link className={classes.row} href={`/admin/people/${person.id}`} prefetch={false}>
        <PersonAvatar person={person} size={36} />
        <span className={classes.grow}>
          <span className={classes.name}>
            <PersonLabel person={person} withDepartment strong />
            {SAID_BY_NAME.has(person.state) ? null : <StateBadge state={person.state} />}
            {upcoming ? (
              <StatusBadge tone="caution" label={t("upcoming", { kind: t(`turns.${upcoming.kind}.label`), day: upcoming.effectiveOn })} />
            ) : null}
          </span>
          <span className={classes.muted}>{[employeeNo, email].filter(Boolean).join(" · ")}</span>
        </span>
      </Link>
    </li>
  );
}
