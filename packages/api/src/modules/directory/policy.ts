import type { PersonState, TransitionKind } from "./contract";

/** What of a person stands in the directory and can be written by hand. */
export const PERSON_FIELDS = ["name", "nameEn", "phone", "mobile", "photo", "email"] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

// What a person says of herself. The mail address is not among it: people sign in with theirs and are sent links there, so nobody takes another
// one by writing it down. Rank, department, title and employee number are the organisation's to say and have no field here at all.
const OWN: readonly PersonField[] = ["name", "nameEn", "phone", "mobile", "photo"];

type AbsenceAsker = {
  readonly isOwn: boolean;
  readonly isAssistant: boolean;
  readonly isScript: boolean;
  readonly looksAfterAbsences: boolean;
};

/** Which turns there are for somebody as she stands. */
const TURNS: Readonly<Record<PersonState, readonly TransitionKind[]>> = {
  ACTIVE: ["LEAVE", "RESIGNATION"],
  ON_LEAVE: ["RETURN", "RESIGNATION"],
  RESIGNED: ["RETURN"],
  SCHEDULED_FOR_DELETION: [],
};
export const turnsFrom = (state: PersonState): readonly TransitionKind[] => TURNS[state];

export const can = {
  /**
   * Writes somebody's mail address. People are sent their links there, so whoever changes that of somebody known could become her: that is for
   * those alone who may give rights, and could do so anyway.
   */
  changeMail: (held: ReadonlySet<string>, isKnown: boolean): boolean => !isKnown || held.has("identity.manage-roles"),
  /**
   * Who says when somebody is away: the person, her assistant, and whoever looks after absences. A script that acts for the person has only
   * the rights that its scopes name, and none of them says that it may speak for her.
   */
  enterAbsence: ({ isOwn, isAssistant, isScript, looksAfterAbsences }: AbsenceAsker): boolean =>
    looksAfterAbsences || (!isScript && (isOwn || isAssistant)),
  /** What somebody may change of a person: the one place where a field that comes from elsewhere is locked. */
  changeFields: (isOwn: boolean, isAdministrator: boolean): readonly PersonField[] => {
    if (isAdministrator) return PERSON_FIELDS;
    return isOwn ? OWN : [];
  },
};
