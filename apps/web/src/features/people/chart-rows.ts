import type { ChartDepartmentView } from "@maru/api/directory/contract";
import { type DepartmentNode, pathTo, toTree } from "./department-tree";

/** Where a row stands in its tree, as a screen reader tells it. */
type Stand = { readonly key: string; readonly level: number; readonly position: number; readonly setSize: number };
export type DepartmentRow = Stand & {
  readonly kind: "department";
  readonly department: ChartDepartmentView;
  /** Null where nothing can be opened. */
  readonly isOpen: boolean | null;
};
/** A place for somebody of a department: who she is comes when the row is seen. */
export type MemberRow = Stand & { readonly kind: "member"; readonly departmentId: string; readonly index: number };
export type ChartRow = DepartmentRow | MemberRow;

type Node = DepartmentNode<ChartDepartmentView>;

const rowsBelow = ({ department, children }: Node, level: number, openIds: ReadonlySet<string>): ChartRow[] => {
  const setSize = department.directCount + children.length;
  const members = Array.from({ length: department.directCount }, (_none, index): MemberRow => {
    const key = `${department.id}:${index}`;
    return { kind: "member", key, level, position: index + 1, setSize, departmentId: department.id, index };
  });
  return [...members, ...rowsOf(children, level, openIds, department.directCount)];
};

const rowsOf = (nodes: readonly Node[], level: number, openIds: ReadonlySet<string>, before: number): ChartRow[] =>
  nodes.flatMap((node, index): ChartRow[] => {
    const { department, children } = node;
    const canOpen = department.directCount + children.length > 0;
    const isOpen = canOpen ? openIds.has(department.id) : null;
    const stand = { key: department.id, level, position: before + index + 1, setSize: before + nodes.length };
    return [{ kind: "department", ...stand, department, isOpen }, ...(isOpen ? rowsBelow(node, level + 1, openIds) : [])];
  });

/** The chart as lines from top to bottom: what is open shows its people, then the departments below it. */
export const toRows = (departments: readonly ChartDepartmentView[], openIds: ReadonlySet<string>): readonly ChartRow[] =>
  rowsOf(toTree(departments), 1, openIds, 0);

/** How many people of a department are read at once. */
export const MEMBERS_A_PAGE = 50;

/** The question for the people among whom the one of a line stands. */
export const memberPageOf = ({ departmentId, index }: Pick<MemberRow, "departmentId" | "index">) => ({
  departmentId,
  page: Math.floor(index / MEMBERS_A_PAGE) + 1,
  limit: MEMBERS_A_PAGE,
});

/** What stands open when the chart is opened: the company, and the way to one's own department. */
export const openAtFirst = (departments: readonly ChartDepartmentView[], ownId: string | null): readonly ChartDepartmentView[] => [
  ...new Set([...departments.slice(0, 1), ...pathTo(departments, ownId)]),
];

/** What a key of the arrows does in a tree: move to a line, open or close one, or nothing. */
export type TreeMove = { readonly to: number } | { readonly toggle: string } | null;

const parentOf = (rows: readonly ChartRow[], at: number): number => {
  const level = rows[at]?.level ?? 1;
  for (let index = at - 1; index >= 0; index--) if ((rows[index]?.level ?? 0) < level) return index;
  return at;
};

/** By the rules of trees: up and down go through the lines, right opens or goes in, left closes or goes out. */
export const moveInTree = (rows: readonly ChartRow[], at: number, key: string): TreeMove => {
  const row = rows[at];
  if (!row) return null;
  const isOpen = row.kind === "department" ? row.isOpen : null;
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(at + 1, rows.length - 1) };
    case "ArrowUp":
      return { to: Math.max(at - 1, 0) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case "ArrowRight":
      if (isOpen === null) return null;
      return isOpen ? { to: at + 1 } : { toggle: row.key };
    case "ArrowLeft":
      return isOpen ? { toggle: row.key } : { to: parentOf(rows, at) };
    default:
      return null;
  }
};
