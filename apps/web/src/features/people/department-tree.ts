import type { DepartmentView } from "@maru/api/directory/contract";

export type DepartmentNode = { readonly department: DepartmentView; readonly children: readonly DepartmentNode[] };

/** The tree of a flat list that has parents before children. Whoever's parent is missing stands at the top: nobody disappears. */
export const toTree = (departments: readonly DepartmentView[]): readonly DepartmentNode[] => {
  const nodes = new Map<string, { department: DepartmentView; children: DepartmentNode[] }>();
  const roots: DepartmentNode[] = [];
  for (const department of departments) {
    const node = { department, children: [] };
    nodes.set(department.id, node);
    const parent = department.parentId === null ? undefined : nodes.get(department.parentId);
    (parent?.children ?? roots).push(node);
  }
  return roots;
};

/** A department and everything above it, from the top; empty when the id is nobody's. */
export const pathTo = (departments: readonly DepartmentView[], id: string | null): readonly DepartmentView[] => {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const path: DepartmentView[] = [];
  const visited = new Set<string>();
  for (
    let at = id === null ? undefined : byId.get(id);
    at && !visited.has(at.id);
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  ) {
    visited.add(at.id);
    path.unshift(at);
  }
  return path;
};
