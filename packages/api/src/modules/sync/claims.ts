import { inTurns } from "@maru/platform/turns";
import { type Current, claimOf, type Desired, type LinkedPerson, type NormalPerson, UNIQUE_FIELDS, type UniqueField } from "./desired";

/** Whether the directory lets this person in now. */
export const isEnabled = ({ isDisabled, expiresAt }: NormalPerson, now: Date): boolean =>
  !isDisabled && (expiresAt === null || new Date(expiresAt) > now);

/** Those who are not in the directory any more; `replaced` are people whose name somebody else of it has now. */
export type Absent = { readonly missing: ReadonlySet<string>; readonly gone: ReadonlySet<string> };

/** Which names people may take, and what they are taken from. */
export type Claims = {
  /** Why somebody can't have a name that she shall have, by outside id. */
  readonly refusals: ReadonlyMap<string, string>;
  /** The names that somebody gives up because somebody else has them now, by outside id. */
  readonly released: ReadonlyMap<string, ReadonlySet<UniqueField>>;
  /** The missing people who were replaced: whoever takes a name over proves that its owner is gone. */
  readonly replaced: ReadonlySet<string>;
};

const OTHERS: Readonly<Record<UniqueField, { readonly twice: string; readonly taken: string }>> = {
  username: { twice: "usernameTwice", taken: "usernameTaken" },
  email: { twice: "emailTwice", taken: "emailTaken" },
  employeeNo: { twice: "employeeNoTwice", taken: "employeeNoTaken" },
};

const claimsOf = ({ fields }: NormalPerson): [UniqueField, string][] =>
  UNIQUE_FIELDS.flatMap((field) => {
    const value = fields[field];
    return value ? [[field, claimOf(field, value)] as [UniqueField, string]] : [];
  });

// Of two in the directory who claim one name, whoever is enabled has it, then whoever had it before, then the one with the smaller id: the
// same one whenever this is asked. Only of the names that those who changed ask for.
const ownersOf = async (
  desired: Desired,
  { people, holders }: Current,
  { changed, now }: { readonly changed: readonly NormalPerson[]; readonly now: Date },
): Promise<Map<string, NormalPerson>> => {
  const owners = new Map<string, NormalPerson>();
  const weight = (person: NormalPerson, claim: string): number => {
    const holder = holders.get(claim);
    const holds = holder !== undefined && people.get(person.externalId)?.personId === holder;
    return (isEnabled(person, now) ? 2 : 0) + (holds ? 1 : 0);
  };
  const compete = (person: NormalPerson, claim: string): void => {
    const owner = owners.get(claim);
    const difference = owner ? weight(person, claim) - weight(owner, claim) : 1;
    if (difference > 0 || (difference === 0 && owner && person.externalId < owner.externalId)) owners.set(claim, person);
  };
  await inTurns(changed, (person) => {
    for (const [, claim] of claimsOf(person)) compete(person, claim);
  });
  const hasCompeted = new Set(changed);
  const others = owners.size === 0 ? [] : desired.people.filter((person) => !hasCompeted.has(person));
  await inTurns(others, (person) => {
    for (const [, claim] of claimsOf(person)) if (owners.has(claim)) compete(person, claim);
  });
  return owners;
};

type Holder = { readonly externalId: string; readonly link: LinkedPerson };

/**
 * Decides who has which user name, address and number, for those who changed. What belongs to somebody of Maru whom this source does not know
 * is never taken and never linked: it is a conflict for an administrator. What belonged to somebody who is gone from the directory, or who is
 * disabled in it, is released.
 */
export const decideClaims = async (
  desired: Desired,
  current: Current,
  { changed, absent, now }: { readonly changed: readonly NormalPerson[]; readonly absent: Absent; readonly now: Date },
): Promise<Claims> => {
  const owners = await ownersOf(desired, current, { changed, now });
  const holderIds = new Set(current.holders.values());
  const linked = new Map<string, Holder>();
  for (const [externalId, link] of current.people) if (holderIds.has(link.personId)) linked.set(link.personId, { externalId, link });
  const holding = new Set([...linked.values()].map(({ externalId }) => externalId));
  const wanted = new Map<string, NormalPerson>();
  for (const person of desired.people) if (holding.has(person.externalId)) wanted.set(person.externalId, person);
  const refusals = new Map<string, string>();
  const released = new Map<string, Set<UniqueField>>();
  const replaced = new Set<string>();
  const release = (externalId: string, field: UniqueField) => released.set(externalId, (released.get(externalId) ?? new Set()).add(field));

  // Whether whoever holds a name of Maru gives it up.
  const givesUp = (holder: Holder | undefined, field: UniqueField, claim: string): boolean => {
    if (!holder) return false;
    const { externalId, link } = holder;
    const own = wanted.get(externalId);
    // Another name is wanted for her in the same reading.
    if (own && claimsOf(own).every(([, other]) => other !== claim)) return true;
    if (!own && absent.missing.has(externalId)) replaced.add(externalId);
    else if (!own && !absent.gone.has(externalId) && link.isActive) return false;
    release(externalId, field);
    return true;
  };

  await inTurns(changed, (person) => {
    const { externalId } = person;
    for (const [field, claim] of claimsOf(person)) {
      const holderId = current.holders.get(claim);
      const isHers = holderId === undefined || holderId === current.people.get(externalId)?.personId;
      if (owners.get(claim) === person) {
        if (!isHers && !givesUp(linked.get(holderId), field, claim)) refusals.set(externalId, OTHERS[field].taken);
      } else if (isEnabled(person, now)) refusals.set(externalId, OTHERS[field].twice);
      else release(externalId, field);
    }
  });
  return { refusals, released, replaced };
};
