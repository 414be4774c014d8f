import { type Current, type Desired, type Item, itemOf } from "./desired";
import { hashOfPerson } from "./normalise";

type Managers = Map<string, string | null>;

// The people of a ring that can be reached from one, or none.
const ringAbove = (managers: Managers, externalId: string): readonly string[] => {
  const seen: string[] = [];
  for (let at: string | null = externalId; at !== null; at = managers.get(at) ?? null) {
    const start = seen.indexOf(at);
    if (start >= 0) return seen.slice(start);
    seen.push(at);
  }
  return [];
};

/** Whoever stands in a ring keeps the manager that she has, until there is no ring: directory's door decides in the same way. */
const refusedOf = (standing: Managers, wanted: Managers): Set<string> => {
  const refused = new Set<string>();
  const managers: Managers = new Map([...standing, ...wanted]);
  const open = new Set(wanted.keys());
  const blamedAbove = (id: string) => ringAbove(managers, id).filter((one) => open.has(one));
  for (const id of wanted.keys())
    for (let blamed = blamedAbove(id); blamed.length > 0; blamed = blamedAbove(id))
      for (const one of blamed) {
        managers.set(one, standing.get(one) ?? null);
        open.delete(one);
        refused.add(one);
      }
  return refused;
};

/**
 * Who leads whom, found by the DN that the directory names. A manager who is not of this source is none, and that is said once; a ring of
 * managers is refused.
 */
export const planManagers = (desired: Desired, current: Current, comingIds: ReadonlySet<string>): Item[] => {
  const isThere = (id: string) => current.people.has(id) || comingIds.has(id);
  const byDn = new Map([...current.people].map(([externalId, { dn }]) => [dn, externalId]));
  for (const { dn, externalId } of desired.people) byDn.set(dn, externalId);
  const findManager = (dn: string | null | undefined): string | null => {
    const found = dn ? byDn.get(dn) : undefined;
    return found !== undefined && isThere(found) ? found : null;
  };
  const standing: Managers = new Map([...current.people].map(([externalId, { managerId }]) => [externalId, managerId]));
  const people = desired.people.filter(({ externalId, managerDn }) => managerDn !== undefined && isThere(externalId));
  const differs = people.filter(({ externalId, managerDn }) => findManager(managerDn) !== (standing.get(externalId) ?? null));
  const refused = refusedOf(standing, new Map(differs.map(({ externalId, managerDn }) => [externalId, findManager(managerDn)])));
  return people.flatMap((person): Item[] => {
    const { externalId, managerDn, fields } = person;
    const link = current.people.get(externalId);
    const [before, after] = [standing.get(externalId) ?? null, findManager(managerDn)];
    const isChanged = link?.hash !== hashOfPerson(person);
    const error = managerDn !== null && after === null ? "managerUnknown" : null;
    const label = fields.name ?? link?.name ?? externalId;
    const values = { before: { manager: before }, after: { manager: after } };
    const item = itemOf({ target: "MANAGER", action: "UPDATE", externalId, label, personId: link?.personId ?? null, ...values, error });
    if (refused.has(externalId)) return isChanged ? [{ ...item, status: "CONFLICT", error: "managerCycle" }] : [];
    if (before !== after) return [item];
    return error && isChanged ? [{ ...item, status: "SKIPPED" }] : [];
  });
};

/** Which roles follow from groups: what this source has given and no group says any more is taken, and what somebody gave by hand is not looked at. */
export const planRoles = (desired: Desired, current: Current, comingIds: ReadonlySet<string>): Item[] => {
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
  for (const [externalId, wanted] of roles) {
    if (!current.people.get(externalId)?.isActive && !comingIds.has(externalId)) continue;
    const held = new Set(current.roles.get(externalId) ?? []);
    for (const role of new Set(wanted)) if (!held.has(role)) give("GRANT", externalId, role);
  }
  for (const [externalId, held] of current.roles) {
    const wanted = new Set(roles.get(externalId) ?? []);
    for (const role of held) if (!wanted.has(role)) give("REVOKE", externalId, role);
  }
  return items;
};
