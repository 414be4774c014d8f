import { formatPersonName, type PersonNameOptions } from "./format-person-name";
import type { Person } from "./person";
import classes from "./person-name.module.css";

export type PersonNameProps = PersonNameOptions & {
  readonly person: Person;
  /** Names in lists of people stand out; names in running text do not. */
  readonly strong?: boolean;
};

/** A person's name in running text, lists and headers. Former staff is greyed, and says so in words. */
export function PersonName({ person, strong = false, ...options }: PersonNameProps) {
  return (
    <span className={classes.name} data-state={person.state ?? "ACTIVE"} data-strong={strong || undefined}>
      {formatPersonName(person, options)}
    </span>
  );
}
