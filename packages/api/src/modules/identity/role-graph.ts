/** A role with what it holds itself and the roles that it includes. */
export type RoleNode = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  readonly isBuiltIn: boolean;
  readonly permissions: readonly string[];
  readonly includedIds: readonly string[];
};
export type RoleGraph<Node extends RoleNode = RoleNode> = ReadonlyMap<string, Node>;

/** The roles that a role holds, itself first, each with the shortest way to it. Ends also where rows were written into a circle. */
export const waysFrom = <Node extends RoleNode>(graph: RoleGraph<Node>, roleId: string): ReadonlyMap<string, readonly Node[]> => {
  const ways = new Map<string, readonly Node[]>();
  const start = graph.get(roleId);
  const waiting: (readonly Node[])[] = start ? [[start]] : [];
  for (const way of waiting) {
    const last = way.at(-1) as Node;
    if (ways.has(last.id)) continue;
    ways.set(last.id, way);
    for (const id of last.includedIds) {
      const included = graph.get(id);
      if (included) waiting.push([...way, included]);
    }
  }
  return ways;
};

/** What a role holds, its own permissions and those of every role that it includes. */
export const effectiveOf = (graph: RoleGraph, roleId: string): ReadonlySet<string> =>
  new Set([...waysFrom(graph, roleId).keys()].flatMap((id) => graph.get(id)?.permissions ?? []));

/** The role itself and every role that includes it, directly or through others: whom a change of it concerns. */
export const rolesIncluding = <Node extends RoleNode>(graph: RoleGraph<Node>, roleId: string): readonly Node[] =>
  [...graph.values()].filter(({ id }) => waysFrom(graph, id).has(roleId));

/** The graph with one role as it would be. */
export const withRole = <Node extends RoleNode>(graph: RoleGraph<Node>, node: Node): RoleGraph<Node> =>
  new Map([...graph, [node.id, node]]);

/** Whether a role would hold itself. */
export const isCircular = (graph: RoleGraph, roleId: string): boolean =>
  (graph.get(roleId)?.includedIds ?? []).some((id) => waysFrom(graph, id).has(roleId));

/** A role that somebody has, everywhere or in one department with all below it. */
export type Holding = { readonly roleId: string; readonly departmentId: string | null };
export type Rights = {
  readonly everywhere: ReadonlySet<string>;
  /** Each right that counts in departments, as `permission department`. */
  readonly inDepartments: ReadonlySet<string>;
};

/** What roles come to together. A permission that can't be given for a department has no effect there. */
export const rightsOf = (graph: RoleGraph, holdings: readonly Holding[], departmentScoped: readonly string[]): Rights => {
  const everywhere = new Set<string>();
  const inDepartments = new Set<string>();
  for (const { roleId, departmentId } of holdings) {
    for (const permission of effectiveOf(graph, roleId)) {
      if (departmentId === null) everywhere.add(permission);
      else if (departmentScoped.includes(permission)) inDepartments.add(`${permission} ${departmentId}`);
    }
  }
  return { everywhere, inDepartments };
};

/** What is in the one and not in the other, in order. */
export const without = (all: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...all].filter((one) => !others.has(one)).sort();
