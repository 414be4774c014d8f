import type { SavePersonInput, StaffDetailView } from "@maru/api/directory/contract";

export type PlaceDraft = {
  readonly key: string;
  readonly departmentId: string | null;
  readonly titleId: string | null;
  readonly isPrimary: boolean;
};

/** What the form of a person holds: every text as it was typed. */
export type PersonDraft = {
  readonly name: string;
  readonly nameEn: string;
  readonly employeeNo: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly joinedOn: string;
  readonly rankId: string | null;
  readonly positionId: string | null;
  readonly managerId: string | null;
  readonly places: readonly PlaceDraft[];
};
export type PersonField = keyof PersonDraft;

/** Somebody new, with one place to fill in. */
export const EMPTY_DRAFT: PersonDraft = {
  ...{ name: "", nameEn: "", employeeNo: "", email: "", phone: "", mobile: "", joinedOn: "" },
  ...{ rankId: null, positionId: null, managerId: null },
  places: [{ key: "first", departmentId: null, titleId: null, isPrimary: true }],
};

export const draftOf = (person: StaffDetailView): PersonDraft => ({
  name: person.name,
  nameEn: person.nameEn ?? "",
  employeeNo: person.employeeNo ?? "",
  email: person.email ?? "",
  phone: person.phone ?? "",
  mobile: person.mobile ?? "",
  joinedOn: person.joinedOn ?? "",
  rankId: person.rankId,
  positionId: person.positionId,
  managerId: person.manager?.id ?? null,
  places: person.places.map((place) => ({ key: place.departmentId, ...place })),
});

/** One place is the first: the chosen one, else the first that there is. */
const withOnePrimary = (places: readonly PlaceDraft[]): readonly PlaceDraft[] => {
  const chosen = Math.max(
    0,
    places.findIndex(({ isPrimary }) => isPrimary),
  );
  return places.map((place, index) => ({ ...place, isPrimary: index === chosen }));
};

export const withPlace = (draft: PersonDraft, key: string): PersonDraft => ({
  ...draft,
  places: withOnePrimary([...draft.places, { key, departmentId: null, titleId: null, isPrimary: false }]),
});
export const withoutPlace = (draft: PersonDraft, key: string): PersonDraft => ({
  ...draft,
  places: withOnePrimary(draft.places.filter((place) => place.key !== key)),
});
export const withFirst = (draft: PersonDraft, key: string): PersonDraft => ({
  ...draft,
  places: draft.places.map((place) => ({ ...place, isPrimary: place.key === key })),
});
export const withPlaceChange = (draft: PersonDraft, key: string, change: Partial<PlaceDraft>): PersonDraft => ({
  ...draft,
  places: draft.places.map((place) => (place.key === key ? { ...place, ...change } : place)),
});

const given = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** What is sent: an empty field is nothing, and a place without a department is none. */
export const inputOf = (draft: PersonDraft, known: { readonly id: string; readonly version: string } | null): SavePersonInput => ({
  ...(known ?? { version: null }),
  name: draft.name.trim(),
  nameEn: given(draft.nameEn),
  employeeNo: given(draft.employeeNo),
  email: given(draft.email),
  phone: given(draft.phone),
  mobile: given(draft.mobile),
  joinedOn: given(draft.joinedOn),
  ...{ rankId: draft.rankId, positionId: draft.positionId, managerId: draft.managerId },
  places: withOnePrimary(draft.places.filter(({ departmentId }) => departmentId !== null)).map(({ departmentId, titleId, isPrimary }) => ({
    ...{ departmentId: departmentId as string, titleId, isPrimary },
  })),
});

const FIELD_OF: Readonly<Record<string, PersonField>> = {
  "directory.emailTaken": "email",
  "directory.mailProtected": "email",
  "directory.employeeNoTaken": "employeeNo",
  "directory.managerNotFound": "managerId",
  "directory.managerCycle": "managerId",
  "directory.departmentNotFound": "places",
  "directory.standingNotFound": "rankId",
};

/** The fields that a refusal is about, each with the code that says why; none where it is about the whole. */
export const faultsOf = (code: string | null, details: Readonly<Record<string, unknown>>): Partial<Record<PersonField, string>> => {
  if (code === "common.invalidInput" && Array.isArray(details.fields))
    return Object.fromEntries(details.fields.map(({ field }: { field: string }) => [field.split(".")[0], code]));
  const field = FIELD_OF[code ?? ""];
  return field && code ? { [field]: code } : {};
};
