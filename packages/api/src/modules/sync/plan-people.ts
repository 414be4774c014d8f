import { inTurns } from "@maru/platform/turns";
import { type Absent, type Claims, decideClaims, isEnabled } from "./claims";
import { PERSON_FIELDS } from "./contract";
import { type Current, type Desired, type Item, itemOf, type LinkedPerson, type NormalPerson, UNIQUE_FIELDS, type Values } from "./desired";
import { hashOfPerson } from "./normalise";

/** A link whose hash or DN is another one now although nothing of the person is: noted without an item. */
export type Refreshed = { readonly externalId: string; readonly hash: string; readonly dn: string };
export type PlannedPeople = { readonly items: Item[]; readonly refreshed: Refreshed[] };

type Planning = { readonly desired: Desired; readonly current: Current; readonly claims: Claims; readonly now: Date };

const NAMED = ["rank", "position", "title"] as const;

/** Whoever is not in the directory any more, of those whom it has shown before. */
export const absentOf = ({ presentIds, goneIds }: Desired, { people }: Current): Absent => {
  const gone = new Set(goneIds.filter((id) => people.has(id)));
  const missing = new Set<string>();
  if (presentIds !== null) for (const id of people.keys()) if (!presentIds.has(id) && !gone.has(id)) missing.add(id);
  return { missing, gone };
};

// A user name can't be empty: the one that is given up becomes one that nobody types.
const releasedValue = (field: string, externalId: string, before: string): string | null =>
  field === "username" ? `${before}~${externalId.slice(0, 8)}` : null;

type Wanted = { readonly values: Record<string, string | null>; readonly note: string | null };

// What is wanted of a person, without what Maru has no word for.
const wantedOf = ({ externalId, fields }: NormalPerson, { current, claims }: Planning): Wanted => {
  const values: Record<string, string | null> = {};
  let note: string | null = null;
  for (const field of PERSON_FIELDS) {
    const value = fields[field];
    if (value === undefined) continue;
    const named = NAMED.find((one) => one === field);
    if (named && value !== null && !current.known[named].has(value)) note = `${named}Unknown`;
    else values[field] = value;
  }
  for (const field of claims.released.get(externalId) ?? [])
    if (values[field]) values[field] = releasedValue(field, externalId, values[field]);
  return { values, note };
};

/** What differs, before and after; null where nothing does. Departments are named beside their ids, for whoever reads it. */
const differenceOf = (
  standing: Values,
  wanted: Values,
  nameOf: (departmentId: string | null) => string | null,
): { before: Values; after: Values } | null => {
  const names = Object.keys(wanted).filter((name) => (wanted[name] ?? null) !== (standing[name] ?? null));
  if (names.length === 0) return null;
  // A duty belongs to a place: whoever writes it must know where.
  if (names.includes("title") && "department" in wanted && !names.includes("department")) names.push("department");
  const pick = (values: Values): Values => ({
    ...Object.fromEntries(names.map((name) => [name, values[name] ?? null])),
    ...(names.includes("department") ? { departmentName: nameOf(values.department ?? null) } : {}),
  });
  return { before: pick(standing), after: pick(wanted) };
};

const planNew = (person: NormalPerson, planning: Planning, nameOf: (id: string | null) => string | null): Item[] => {
  const { externalId, dn, fields } = person;
  // Whoever was disabled before Maru knew of her is nobody here.
  if (!isEnabled(person, planning.now)) return [];
  const label = fields.name ?? fields.username ?? externalId;
  const { values, note } = wantedOf(person, planning);
  const error =
    planning.claims.refusals.get(externalId) ?? (fields.name ? (fields.username === null ? "usernameMissing" : null) : "nameMissing");
  const after = differenceOf({}, values, nameOf)?.after ?? {};
  const common = { target: "PERSON", action: "CREATE", externalId, label, after, hash: hashOfPerson(person), dn } as const;
  return [itemOf({ ...common, status: error ? "CONFLICT" : "PLANNED", error: error ?? note })];
};

const whyNotLive = ({ isDisabled }: NormalPerson): string => (isDisabled ? "disabled" : "expired");

/** The changes of somebody who is known, in the order in which they are applied. */
const planKnown = (person: NormalPerson, link: LinkedPerson, planning: Planning, nameOf: (id: string | null) => string | null): Item[] => {
  const { externalId, fields, dn } = person;
  const { personId } = link;
  const { current, claims, now } = planning;
  const hash = hashOfPerson(person);
  const base = { target: "PERSON", externalId, label: fields.name ?? link.name, personId, hash, dn } as const;
  const standing = current.fields.get(externalId);
  const isLive = isEnabled(person, now);
  const items: Item[] = [];
  const refusal = claims.refusals.get(externalId);
  if (!isLive && link.isActive) items.push(itemOf({ ...base, action: "DEACTIVATE", after: { reason: whyNotLive(person) } }));
  const isReleasing = claims.released.has(externalId);
  if (standing && (hash !== link.hash || isReleasing)) {
    const { values, note } = wantedOf(person, planning);
    const error = refusal ?? (fields.name === null ? "nameMissing" : fields.username === null ? "usernameMissing" : null);
    const difference = differenceOf(standing, values, nameOf);
    if (difference)
      items.push(itemOf({ ...base, action: "UPDATE", ...difference, status: error ? "CONFLICT" : "PLANNED", error: error ?? note }));
  }
  if (isLive && !link.isActive && link.isDisabledBySync) items.push(itemOf({ ...base, action: "REACTIVATE" }));
  if (link.isMissing) items.push(itemOf({ ...base, action: "FOUND" }));
  // A conflict is looked at again in the next reading: the link keeps what it knew.
  return items.some(({ status }) => status === "CONFLICT") ? items.map((item) => ({ ...item, hash: null })) : items;
};

const planAbsent = (externalId: string, link: LinkedPerson, { current, claims, desired }: Planning, isGone: boolean): Item[] => {
  const base = { target: "PERSON", externalId, label: link.name, personId: link.personId } as const;
  const items: Item[] = [];
  const isReplaced = claims.replaced.has(externalId);
  if (link.isActive) {
    const isSecondTime = link.isMissing && desired.presentIds !== null;
    const reason = isGone ? "deleted" : isReplaced ? "replaced" : "missing";
    if (isGone || isReplaced || isSecondTime) items.push(itemOf({ ...base, action: "DEACTIVATE", after: { reason } }));
    else items.push(itemOf({ ...base, action: "MARK_MISSING" }));
  }
  const given = [...(claims.released.get(externalId) ?? [])];
  const standing = current.fields.get(externalId);
  if (given.length === 0 || !standing) return items;
  const before = Object.fromEntries(given.map((field) => [field, standing[field] ?? null]));
  const after = Object.fromEntries(given.map((field) => [field, releasedValue(field, externalId, standing[field] ?? "")]));
  return [...items, itemOf({ ...base, action: "UPDATE", before, after })];
};

const isUnique = (name: string): boolean => UNIQUE_FIELDS.some((field) => field === name);

// Whoever gives a name up stands before whoever takes it, and those who swap theirs stand side by side.
const PLACES = 7;
const placeOf = ({ action, before, after }: Item): number => {
  if (action === "DEACTIVATE") return 0;
  if (action === "CREATE") return 5;
  if (action === "MARK_MISSING") return 6;
  if (action !== "UPDATE" || !after || !Object.keys(after).some(isUnique)) return 4;
  const givesUp = Object.entries(after).some(
    ([name, value]) => isUnique(name) && (value === null || value.startsWith(`${before?.[name]}~`)),
  );
  return givesUp ? 1 : 2;
};

/**
 * What must happen to people, in the order in which it is applied. Somebody is missing once before she is deactivated; what was disabled,
 * deleted or replaced in the directory is deactivated at once; and only whom the sync disabled is let in again.
 */
export const planPeople = async (desired: Desired, current: Current, now: Date): Promise<PlannedPeople> => {
  const absent = absentOf(desired, current);
  const changed: NormalPerson[] = [];
  await inTurns(desired.people, (person) => {
    if (current.people.get(person.externalId)?.hash !== hashOfPerson(person)) changed.push(person);
  });
  const claims = await decideClaims(desired, current, { changed, absent, now });
  const planning = { desired, current, claims, now };
  const names = new Map([...current.departments].map(([id, { name }]) => [id, name]));
  for (const { externalId, name } of desired.departments ?? []) names.set(externalId, name);
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
  const places = Array.from({ length: PLACES }, (): Item[] => []);
  const put = (items: readonly Item[]): void => {
    for (const item of items) places[placeOf(item)]?.push(item);
  };
  const refreshed: Refreshed[] = [];
  await inTurns(desired.people, (person) => {
    const link = current.people.get(person.externalId);
    const planned = link ? planKnown(person, link, planning, nameOf) : planNew(person, planning, nameOf);
    put(planned);
    const { externalId, dn } = person;
    const hash = hashOfPerson(person);
    const isStale = link !== undefined && (link.hash !== hash || link.dn !== dn);
    if (isStale && planned.length === 0) refreshed.push({ externalId, hash, dn });
  });
  for (const ids of [absent.gone, absent.missing])
    for (const externalId of ids) {
      const link = current.people.get(externalId);
      if (link) put(planAbsent(externalId, link, planning, ids === absent.gone));
    }
  return { items: places.flat(), refreshed };
};
