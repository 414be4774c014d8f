"use client";
import type { ColleagueView, PersonView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import Link from "next/link";
import type { ReactNode } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { AwayMark } from "./away-mark";
import classes from "./people-marks.module.css";

type PersonRowProps = {
  readonly person: PersonView & Partial<Pick<ColleagueView, "awayUntil">>;
  /** One more line below the name. */
  readonly about?: string;
  /** What stands at the end of the line. */
  readonly children?: ReactNode;
};

/** A person in a small list: face, department and name, and whether she is away. */
export function PersonRow({ person, about, children }: PersonRowProps) {
  return (
    <Link className={classes.row} href={`/people/${person.id}`} prefetch={false}>
      <PersonAvatar person={person} size={28} />
      <span className={classes.grow}>
        <PersonLabel person={person} withDepartment />
        {about ? <span className={classes.below}>{about}</span> : null}
      </span>
      <AwayMark until={person.awayUntil} />
      {children}
    </Link>
  );
}
