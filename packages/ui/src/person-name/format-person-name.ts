import type { Person } from "./person";

export type PersonNameOptions = {
  /** Language of the interface; anything but Korean is written the English way. */
  readonly locale: string;
  /** Puts the department in: headers, mentions, and wherever two people share a name. */
  readonly withDepartment?: boolean;
  /** Adds 님, for words said to the person. English has no counterpart and stays as it is. */
  readonly honorific?: boolean;
  /** Whether a 직책 goes before the 직급; organisations may set it otherwise. */
  readonly preferTitle?: boolean;
};

/**
 * The two particles that belong to the way a name is written, as the brackets and the order do. They are no messages: a name reads the
 * same wherever it stands.
 */
const particles = { honorific: "님", resigned: "퇴직", resignedEn: "former" } as const;

/** `홍길동 과장`, `개발1팀 홍길동 팀장님`, `Hong Gildong (Manager, Dev Team 1)`: one person, by the rules of Korean offices. */
export function formatPersonName(person: Person, options: PersonNameOptions): string {
  return options.locale.startsWith("ko") ? koreanName(person, options) : englishName(person, options);
}

const hasLeft = ({ state }: Person): boolean => state === "RESIGNED" || state === "SCHEDULED_FOR_DELETION";

function koreanName(person: Person, { withDepartment = false, honorific = false, preferTitle = true }: PersonNameOptions): string {
  const duty = preferTitle ? person.title || person.rank : person.rank || person.title;
  const called = duty ? `${person.name} ${duty}` : person.name;
  const resigned = hasLeft(person);
  return [
    withDepartment && !resigned ? person.department : null,
    honorific ? `${called}${particles.honorific}` : called,
    resigned ? `(${particles.resigned})` : null,
  ]
    .filter(Boolean)
    .join(" ");
}

function englishName(person: Person, { withDepartment = false, preferTitle = true }: PersonNameOptions): string {
  const title = person.titleEn || person.title;
  const rank = person.rankEn || person.rank;
  const resigned = hasLeft(person);
  const details = [
    preferTitle ? title || rank : rank || title,
    withDepartment && !resigned ? person.departmentEn || person.department : null,
    resigned ? particles.resignedEn : null,
  ].filter(Boolean);
  const name = person.nameEn || person.name;
  return details.length > 0 ? `${name} (${details.join(", ")})` : name;
}
