type Placed = { readonly id: string; readonly parentId: string | null };
export type DepartmentNode<Department extends Placed> = {
  readonly department: Department;
  readonly children: readonly DepartmentNode<Department>[];
};

/** The tree of a flat list that has parents before children. Whoever's parent is missing stands at the top: nobody disappears. */
export const toTree = <Department extends Placed>(departments: readonly Department[]): readonly DepartmentNode<Department>[] => {
  const nodes = new Map<string, { department: Department; children: DepartmentNode<Department>[] }>();
  const roots: DepartmentNode<Department>[] = [];
  for (const department of departments) {
    const node = { department, children: [] };
    nodes.set(department.id, node);
    const parent = department.parentId === null ? undefined : nodes.get(department.parentId);
    (parent?.children ?? roots).push(node);
  }
  return roots;
};

/** A department and everything above it, from the top; empty when the id is nobody's. */
export const pathTo = <Department extends Placed>(departments: readonly Department[], id: string | null): readonly Department[] => {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const path: Department[] = [];
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
