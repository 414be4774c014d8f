import type { PersonView } from "@maru/api/directory/contract";
import type { Person } from "@maru/ui/person";
import { formatPersonName, type PersonNameOptions } from "@maru/ui/person-name/format";

const STATES: Readonly<Record<PersonView["state"], Person["state"]>> = { ACTIVE: "active", ON_LEAVE: "on_leave", RESIGNED: "resigned" };

/** A view of the API as the design system shows it. */
export const shownPerson = (person: PersonView): Person => ({ ...person, state: STATES[person.state] });

/** The name as text: for titles, labels and sentences. */
export const personText = (person: PersonView, options: PersonNameOptions) => formatPersonName(shownPerson(person), options);
