"use client";
import type { FoundPersonView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import Link from "next/link";
import { FoundName } from "../../../shell/person/found-name";
import { useDepartmentName } from "../../../shell/person/use-department-name";
import classes from "./results.module.css";

/** People who were found, in the order in which the server gives them. */
export function FoundPeople({ people, label }: { readonly people: readonly FoundPersonView[]; readonly label: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {people.map((person) => (
        <li key={person.id}>
          <FoundPerson person={person} />
        </li>
      ))}
    </ul>
  );
}

function FoundPerson({ person }: { readonly person: FoundPersonView }) {
  const department = useDepartmentName(person);
  return (
    <Link className={classes.row} href={`/people/${person.id}`} prefetch={false}>
      <PersonAvatar person={person} size={36} />
      <span className={classes.what}>
        <span className={classes.name}>
          <FoundName person={person} />
        </span>
        <span className={classes.caption}>{department}</span>
      </span>
      <span className={classes.number}>{person.employeeNo}</span>
    </Link>
  );
}
