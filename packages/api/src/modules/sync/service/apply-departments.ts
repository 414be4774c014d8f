import { createHash } from "node:crypto";
import type { TxCtx } from "../../../tools";
import { type RosterDepartment, saveDepartments } from "../../directory/service";
import { type Applying, type Outcome, outcomeOf, type StoredItem } from "./applying";
import { findLinked, saveLinks } from "./links";

// Short, and the same for the same unit: a directory has none to give.
const codeOf = (sourceId: string, externalId: string): string =>
  `S${createHash("sha256").update(`${sourceId} ${externalId}`).digest("hex").slice(0, 9).toUpperCase()}`;

type Parents = ReadonlyMap<string, string>;

const rowOf = (item: StoredItem, { sourceId, rootDepartmentId, on }: Applying, parents: Parents): RosterDepartment | null => {
  const { action, externalId, departmentId: id, after } = item;
  if (id === null) return null;
  if (action === "CLOSE") return { id, closedOn: on };
  // One that an administrator has named keeps its own name and place.
  if (!after || after.department || (action !== "CREATE" && action !== "UPDATE")) return null;
  const parentId = after.parent ? (parents.get(after.parent) ?? rootDepartmentId) : rootDepartmentId;
  const row = { id, parentId, name: after.name ?? externalId };
  return action === "CREATE" ? { ...row, code: codeOf(sourceId, externalId) } : { ...row, closedOn: null };
};

/** Applies a set of items of departments. A parent may be new in the same set. */
export const applyDepartments = async (tx: TxCtx, items: readonly StoredItem[], applying: Applying): Promise<Outcome[]> => {
  const { sourceId } = applying;
  const parentIds = items.flatMap(({ after }) => after?.parent ?? []);
  const linked = await findLinked(tx, sourceId, "DEPARTMENT", parentIds);
  const parents = new Map([...linked].map(([externalId, { id }]) => [externalId, id]));
  for (const { externalId, departmentId } of items) if (departmentId) parents.set(externalId, departmentId);
  await saveDepartments(
    tx,
    items.flatMap((item) => rowOf(item, applying, parents) ?? []),
  );
  await saveLinks(tx, sourceId, items);
  return items.map((item) => outcomeOf(item));
};
