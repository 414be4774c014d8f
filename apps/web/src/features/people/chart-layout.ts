import type { ChartDepartmentView } from "@maru/api/directory/contract";
import { type HierarchyPointNode, hierarchy, tree } from "d3-hierarchy";
import { type DepartmentNode, toTree } from "./department-tree";

export const CARD_WIDTH = 208;
export const CARD_HEIGHT = 76;
const GAP_X = 20;
const GAP_Y = 32;
/** How far departments that stand in a column are moved to the right of the one above, which leaves room for their line. */
const INDENT = 24;

export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** A department where it is drawn, and the line that leads to it from above. */
export type PlacedDepartment = Rect & { readonly department: ChartDepartmentView; readonly line: string };
export type ChartLayout = { readonly width: number; readonly height: number; readonly departments: readonly PlacedDepartment[] };

type Shape = { readonly department: ChartDepartmentView | null; readonly isStacked: boolean; readonly children: readonly Shape[] };
type Node = DepartmentNode<ChartDepartmentView>;

// Departments below which nothing stands make a column, each below the one before it: a row of them would make the picture as wide as a street.
const stack = ([first, ...rest]: readonly Node[]): readonly Shape[] =>
  first ? [{ department: first.department, isStacked: true, children: stack(rest) }] : [];

const shapeOf = ({ department, children }: Node): Shape => ({
  department,
  isStacked: false,
  children: children.every((child) => child.children.length === 0) ? stack(children) : children.map(shapeOf),
});

const placed = (node: HierarchyPointNode<Shape>): PlacedDepartment[] => {
  const { department, isStacked } = node.data;
  if (!department) return [];
  const indent = isStacked ? INDENT : 0;
  const x = node.x - CARD_WIDTH / 2 + indent;
  return [{ department, x, y: node.y, width: CARD_WIDTH - indent, height: CARD_HEIGHT, line: lineTo(node) }];
};

const lineTo = (node: HierarchyPointNode<Shape>): string => {
  if (node.data.isStacked) {
    let above = node.parent;
    while (above?.data.isStacked) above = above.parent;
    const spine = node.x - CARD_WIDTH / 2 + INDENT / 2;
    return `M${spine} ${(above?.y ?? 0) + CARD_HEIGHT}V${node.y + CARD_HEIGHT / 2}H${spine + INDENT / 2}`;
  }
  const { parent } = node;
  if (!parent?.data.department) return "";
  const bottom = parent.y + CARD_HEIGHT;
  return `M${parent.x} ${bottom}V${bottom + GAP_Y / 2}H${node.x}V${node.y}`;
};

/** Where every department stands in the picture, from the company down; the picture begins at 0, 0. */
export const layOut = (departments: readonly ChartDepartmentView[]): ChartLayout => {
  const roots = toTree(departments).map(shapeOf);
  const [only] = roots;
  if (!only) return { width: 0, height: 0, departments: [] };
  const whole = roots.length === 1 ? only : { department: null, isStacked: false, children: roots };
  const root = tree<Shape>()
    .nodeSize([CARD_WIDTH + GAP_X, CARD_HEIGHT + GAP_Y])
    .separation(() => 1)(hierarchy(whole, ({ children }) => [...children]));
  const nodes = root.descendants();
  const left = Math.min(...nodes.map(({ x }) => x)) - CARD_WIDTH / 2;
  const top = whole.department ? 0 : CARD_HEIGHT + GAP_Y;
  for (const node of nodes) {
    node.x -= left;
    node.y -= top;
  }
  const drawn = nodes.flatMap(placed);
  return {
    width: Math.max(...drawn.map(({ x, width }) => x + width)),
    height: Math.max(...drawn.map(({ y, height }) => y + height)),
    departments: drawn,
  };
};

/** Whether two places share anything. */
export const meets = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

/** Whether one place lies wholly in another. */
export const isInside = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
