import { createHash } from "node:crypto";
import type { LdapEntry } from "@maru/platform/ldap/connection";
import { dnKey, keyAbove } from "@maru/platform/ldap/dn";
import type { SourceMapping } from "./contract";
import type { NormalDepartment } from "./desired";
import type { DepartmentOf } from "./normalise";

/** The departments of a source: those of its units at first, and those that attributes of people name as they are met. */
export type Units = { readonly departmentOf: DepartmentOf; all(): NormalDepartment[] };

type Unit = { readonly externalId: string; readonly key: string; readonly name: string };

const nameOf = (entry: LdapEntry): string => entry.first("ou") ?? entry.first("name") ?? entry.dn;

// An attribute has no id of its own: the department that it names is known by that name and by the unit that it is in.
const idOfAttribute = (unitId: string | null, value: string): string =>
  `name:${createHash("sha256")
    .update(JSON.stringify([unitId, value]))
    .digest("hex")
    .slice(0, 32)}`;

/**
 * Makes departments of organisational units, of an attribute, or of both. A unit's own id is the key, so a rename and a move are what they are;
 * a unit that an administrator has taken out is passed through to what is above it.
 */
export const unitsOf = (entries: readonly LdapEntry[], mapping: SourceMapping): Units => {
  const named = new Map(mapping.units.map(({ dn, departmentId }) => [dnKey(dn), departmentId]));
  const units = new Map<string, Unit>();
  for (const entry of entries) {
    const key = dnKey(entry.dn);
    if (entry.guid !== null && named.get(key) !== null) units.set(key, { externalId: entry.guid, key, name: nameOf(entry) });
  }
  const above = new Map<string, string | null>();
  // Of the nearest unit above a DN: people stand in few places, so each is looked for once.
  const unitAbove = (dn: string): string | null => {
    const parent = keyAbove(dn);
    if (parent === null) return null;
    const known = above.get(parent);
    if (known !== undefined) return known;
    const found = units.get(parent)?.externalId ?? unitAbove(parent);
    above.set(parent, found);
    return found;
  };
  const byAttribute = new Map<string, NormalDepartment>();
  const isOfUnits = mapping.departmentsFrom === "OU" || mapping.departmentsFrom === "BOTH";
  const departmentOf: DepartmentOf = (dn, attribute) => {
    const unitId = isOfUnits ? unitAbove(dn) : null;
    if (mapping.departmentsFrom === "OU" || attribute === null) return unitId;
    const externalId = idOfAttribute(unitId, attribute);
    if (!byAttribute.has(externalId))
      byAttribute.set(externalId, { externalId, dn: externalId, parentExternalId: unitId, name: attribute });
    return externalId;
  };
  const ofUnits = [...units.values()].map(({ externalId, key, name }): NormalDepartment => {
    const departmentId = named.get(key);
    return { externalId, dn: key, parentExternalId: unitAbove(key), name, ...(departmentId ? { departmentId } : {}) };
  });
  return { departmentOf, all: () => [...(isOfUnits ? ofUnits : []), ...byAttribute.values()] };
};
