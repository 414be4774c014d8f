import { type Current, type Desired, type Item, itemOf, type NormalDepartment, type Values } from "./desired";
import { hashOfDepartment } from "./normalise";
import type { Refreshed } from "./plan-people";

// A department stands behind the one that it is in: who is applied finds it there.
const parentsFirst = (departments: readonly NormalDepartment[]): NormalDepartment[] => {
  const byId = new Map(departments.map((one) => [one.externalId, one]));
  const ordered = new Set<NormalDepartment>();
  const put = (department: NormalDepartment, depth: number): void => {
    const parent = department.parentExternalId === null ? undefined : byId.get(department.parentExternalId);
    if (parent && !ordered.has(parent) && depth < departments.length) put(parent, depth + 1);
    ordered.add(department);
  };
  for (const department of departments) put(department, 0);
  return [...ordered];
};

const valuesOf = ({ name, parentExternalId, departmentId }: NormalDepartment): Values => ({
  name,
  parent: parentExternalId,
  ...(departmentId ? { department: departmentId } : {}),
});

/**
 * What must happen to departments: the unit's own id is the key, so that a rename renames and a move moves. One that a complete reading does
 * not show any more is missing once, and closed at the second time.
 */
export const planDepartments = (desired: Desired, current: Current): { items: Item[]; refreshed: Refreshed[] } => {
  const { departments } = desired;
  if (departments === null) return { items: [], refreshed: [] };
  const items: Item[] = [];
  const refreshed: Refreshed[] = [];
  for (const department of parentsFirst(departments)) {
    const { externalId, dn, name } = department;
    const link = current.departments.get(externalId);
    const hash = hashOfDepartment(department);
    const base = { target: "DEPARTMENT", externalId, label: name, departmentId: link?.departmentId ?? null, hash, dn } as const;
    const after = valuesOf(department);
    if (!link) items.push(itemOf({ ...base, action: "CREATE", after, departmentId: department.departmentId ?? null }));
    else if (link.hash !== hash || link.isClosed) items.push(itemOf({ ...base, action: "UPDATE", before: { name: link.name }, after }));
    else if (link.isMissing) items.push(itemOf({ ...base, action: "FOUND" }));
    else if (link.dn !== dn) refreshed.push({ externalId, hash, dn });
  }
  if (!desired.hasAllDepartments) return { items, refreshed };
  const shown = new Set(departments.map(({ externalId }) => externalId));
  // The deepest first: a department is closed once nothing is below it.
  const absent = [...current.departments].filter(([externalId, { isClosed }]) => !shown.has(externalId) && !isClosed).reverse();
  for (const [externalId, { departmentId, name, isMissing }] of absent) {
    const base = { target: "DEPARTMENT", externalId, label: name, departmentId } as const;
    items.push(itemOf({ ...base, action: isMissing ? "CLOSE" : "MARK_MISSING" }));
  }
  return { items, refreshed };
};
