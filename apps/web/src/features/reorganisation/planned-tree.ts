import type { Operation, PlannedDepartmentView } from "@maru/api/directory/contract";

type Placed = { readonly id: string; readonly parentId: string | null };
export type TreeRow<Department extends Placed> = { readonly department: Department; readonly depth: number };

/** A flat list with parents before children, each with how many stand above it. */
export const treeRows = <Department extends Placed>(departments: readonly Department[]): readonly TreeRow<Department>[] => {
  const depths = new Map<string, number>();
  return departments.map((department) => {
    const depth = department.parentId === null ? 0 : (depths.get(department.parentId) ?? -1) + 1;
    depths.set(department.id, depth);
    return { department, depth };
  });
};

/** Where a department can go: everywhere but to itself and what stands below it. */
export const targetsFor = <Department extends Placed>(departments: readonly Department[], id: string): readonly Department[] => {
  const below = new Set([id]);
  for (const department of departments) if (department.parentId !== null && below.has(department.parentId)) below.add(department.id);
  return departments.filter((department) => !below.has(department.id));
};

type Named = { readonly name: string; readonly nameEn: string };

/** What every department is called that the steps may name: those that stand, and those that the steps create. */
export const namesOf = (
  standing: readonly Pick<PlannedDepartmentView, "id" | "name" | "nameEn">[],
  operations: readonly Operation[],
): ReadonlyMap<string, Named> => {
  const created = operations.flatMap((one) => (one.kind === "CREATE" ? [[one.departmentId, one] as const] : []));
  return new Map<string, Named>([...standing.map((one) => [one.id, one] as const), ...created]);
};

/** The other department that a step names, if it names one. */
export const otherOf = (operation: Operation): string | null => {
  if (operation.kind === "CREATE" || operation.kind === "MOVE") return operation.parentId;
  if (operation.kind === "MERGE") return operation.intoId;
  return operation.kind === "MOVE_PEOPLE" ? operation.toId : null;
};
