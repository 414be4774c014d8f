/** What the interface needs to know of a person to show her. Views of the API carry at least these fields. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string | null;
  /** 직급, the grade: 과장. */
  readonly rank?: string | null;
  readonly rankEn?: string | null;
  /** 직책, the duty: 팀장. Whoever has one is called by it. */
  readonly title?: string | null;
  readonly titleEn?: string | null;
  readonly department?: string | null;
  readonly departmentEn?: string | null;
  readonly photoUrl?: string | null;
  readonly state?: "ACTIVE" | "ON_LEAVE" | "RESIGNED" | "SCHEDULED_FOR_DELETION";
};
