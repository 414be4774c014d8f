import type { TableRow } from "@maru/platform/tables";
import type { Ctx } from "../../../../tools";
import type { FileField } from "../../contract/files";
import type { Current, Desired, Item } from "../../desired";
import { checkRows, numbersOf } from "../../files/check-rows";
import { departmentFinder, labelsOf } from "../../files/departments";
import { plan } from "../../plan";
import { readHolders, readNamed } from "../current";
import { type KnownPerson, readDepartmentNames, readKnown } from "./known";

type Known = { readonly people: ReadonlyMap<string, KnownPerson>; readonly departments: Current["departments"] };

const readCurrentOf = async (ctx: Ctx, desired: Desired, { people, departments }: Known): Promise<Current> => {
  const named = await readNamed(ctx);
  return {
    people,
    departments,
    fields: new Map([...people].map(([number, { fields }]) => [number, fields])),
    holders: await readHolders(ctx, desired.people),
    known: { rank: new Set(named.rank.keys()), position: new Set(named.position.keys()), title: new Set(named.title.keys()) },
    roles: new Map(),
  };
};

/** Whom a directory knows is that directory's; and a manager who can't be taken in is no reason to take the one that somebody has. */
const refusalOf = (item: Item, people: Known["people"]): string | null => {
  if (people.get(item.externalId)?.isOfDirectory) return "managedByDirectory";
  return item.target === "MANAGER" && item.error === "managerUnknown" ? "managerUnknown" : null;
};

/**
 * What a file would change: the plan of the engine over people that are known by their employee number. Whoever is not in the file is not
 * looked at; rows that can't be taken in stand among the items with their number.
 */
export const planImport = async (
  ctx: Ctx,
  rows: readonly TableRow[],
  fields: readonly (FileField | null)[],
): Promise<{ readonly desired: Desired; readonly items: readonly Item[] }> => {
  const known = await readKnown(ctx, { numbers: numbersOf(rows, fields) });
  const people = new Map(known.map((person) => [person.employeeNo, person]));
  const tree = await readDepartmentNames(ctx);
  const labels = labelsOf(tree);
  const named = await readNamed(ctx);
  const checked = checkRows(rows, fields, { findDepartment: departmentFinder(tree), named, standing: people });
  const desired: Desired = {
    departments: null,
    hasAllDepartments: false,
    people: checked.people,
    presentIds: null,
    goneIds: [],
    roles: null,
  };
  const departments = new Map(
    [...labels].map(([id, name]) => [id, { departmentId: id, name, hash: "", dn: id, isMissing: false, isClosed: false }]),
  );
  const planned = await plan(desired, await readCurrentOf(ctx, desired, { people, departments }), ctx.now());
  const items = planned.items.map((item): Item => {
    const refusal = item.status === "CONFLICT" ? null : refusalOf(item, people);
    const row = { hash: null, dn: String(checked.rowOf.get(item.externalId) ?? "") };
    return refusal ? { ...item, ...row, status: "CONFLICT", error: refusal } : { ...item, ...row };
  });
  return { desired, items: [...items, ...checked.refused] };
};
