import { inTurns } from "@maru/platform/turns";
import { type Current, type Desired, type Item, itemOf, type NormalPerson } from "./desired";
import { hashOfPerson } from "./normalise";

type ManagerOf = (externalId: string) => string | null;

// The people of a ring that can be reached from one, or none.
const ringAbove = (managerOf: ManagerOf, externalId: string): readonly string[] => {
  const seen: string[] = [];
  for (let at: string | null = externalId; at !== null; at = managerOf(at)) {
    const start = seen.indexOf(at);
    if (start >= 0) return seen.slice(start);
    seen.push(at);
  }
  return [];
};

/** Whoever stands in a ring keeps the manager that she has, until there is no ring: directory's door decides in the same way. */
const refusedOf = async (standingOf: ManagerOf, wanted: ReadonlyMap<string, string | null>): Promise<Set<string>> => {
  const refused = new Set<string>();
  const isOpen = (id: string) => wanted.has(id) && !refused.has(id);
  const managerOf: ManagerOf = (id) => (isOpen(id) ? (wanted.get(id) ?? null) : standingOf(id));
  const blamedAbove = (id: string) => ringAbove(managerOf, id).filter(isOpen);
  await inTurns(wanted.keys(), (id) => {
    for (let blamed = blamedAbove(id); blamed.length > 0; blamed = blamedAbove(id)) for (const one of blamed) refused.add(one);
  });
  return refused;
};

// How many stand above somebody once everything is applied.
const heightsOf = (managerOf: ManagerOf) => {
  const heights = new Map<string, number>();
  return (externalId: string): number => {
    const line: string[] = [];
    let at: string | null = externalId;
    for (; at !== null && !heights.has(at) && !line.includes(at); at = managerOf(at)) line.push(at);
    let height = at === null ? 0 : (heights.get(at) ?? 0) + 1;
    for (const one of line.reverse()) heights.set(one, height++);
    return heights.get(externalId) ?? 0;
  };
};

/**
 * Who leads whom, found by the DN that the directory names. A manager who is not of this source is none, and that is said once; a ring of
 * managers is refused. Whoever leads stands before those whom she leads: applied a set at a time, each of them finds the whole line above her as
 * it shall be, and two who change places are no ring for a moment.
 */
export const planManagers = async (desired: Desired, current: Current, comingIds: ReadonlySet<string>): Promise<Item[]> => {
  const isThere = (id: string) => current.people.has(id) || comingIds.has(id);
  const byDn = new Map<string, string>();
  await inTurns(current.people, ([externalId, { dn }]) => byDn.set(dn, externalId));
  await inTurns(desired.people, ({ dn, externalId }) => byDn.set(dn, externalId));
  const findManager = (dn: string | null | undefined): string | null => {
    const found = dn ? byDn.get(dn) : undefined;
    return found !== undefined && isThere(found) ? found : null;
  };
  const standingOf: ManagerOf = (id) => current.people.get(id)?.managerId ?? null;
  const wanted = new Map<string, string | null>();
  const unknown: NormalPerson[] = [];
  await inTurns(desired.people, (person) => {
    const { externalId, managerDn } = person;
    if (managerDn === undefined || !isThere(externalId)) return;
    const manager = findManager(managerDn);
    if (manager !== standingOf(externalId)) wanted.set(externalId, manager);
    else if (managerDn !== null && manager === null) unknown.push(person);
  });
  const refused = await refusedOf(standingOf, wanted);
  const levels: Item[][] = [];
  const heightOf = heightsOf((id) => (wanted.has(id) && !refused.has(id) ? (wanted.get(id) ?? null) : standingOf(id)));
  const isChanged = (person: NormalPerson) => current.people.get(person.externalId)?.hash !== hashOfPerson(person);
  const put = ({ externalId, fields }: NormalPerson, after: string | null, outcome: Pick<Item, "status" | "error">): void => {
    const link = current.people.get(externalId);
    const label = fields.name ?? link?.name ?? externalId;
    const values = { before: { manager: standingOf(externalId) }, after: { manager: after } };
    const item = itemOf({
      target: "MANAGER",
      action: "UPDATE",
      externalId,
      label,
      personId: link?.personId ?? null,
      ...values,
      ...outcome,
    });
    const height = heightOf(externalId);
    levels[height] ??= [];
    levels[height].push(item);
  };
  await inTurns(desired.people, (person) => {
    const after = wanted.get(person.externalId);
    if (after === undefined) return;
    if (!refused.has(person.externalId))
      put(person, after, { status: "PLANNED", error: person.managerDn && after === null ? "managerUnknown" : null });
    else if (isChanged(person)) put(person, after, { status: "CONFLICT", error: "managerCycle" });
  });
  for (const person of unknown.filter(isChanged)) put(person, null, { status: "SKIPPED", error: "managerUnknown" });
  return levels.flat();
};

/** Which roles follow from groups: what this source has given and no group says any more is taken, and what somebody gave by hand is not looked at. */
export const planRoles = async (desired: Desired, current: Current, comingIds: ReadonlySet<string>): Promise<Item[]> => {
  const { roles } = desired;
  if (roles === null) return [];
  const labels = new Map(desired.people.map(({ externalId, fields }) => [externalId, fields.name]));
  const items: Item[] = [];
  const give = (action: "GRANT" | "REVOKE", externalId: string, role: string): void => {
    const link = current.people.get(externalId);
    const label = labels.get(externalId) ?? link?.name ?? externalId;
    const values = action === "GRANT" ? { after: { role } } : { before: { role } };
    items.push(itemOf({ target: "ROLE", action, externalId, label, personId: link?.personId ?? null, ...values }));
  };
  await inTurns(roles, ([externalId, wanted]) => {
    if (!current.people.get(externalId)?.isActive && !comingIds.has(externalId)) return;
    const held = current.roles.get(externalId) ?? [];
    for (const role of new Set(wanted)) if (!held.includes(role)) give("GRANT", externalId, role);
  });
  await inTurns(current.roles, ([externalId, held]) => {
    const wanted = roles.get(externalId) ?? [];
    for (const role of held) if (!wanted.includes(role)) give("REVOKE", externalId, role);
  });
  return items;
};
