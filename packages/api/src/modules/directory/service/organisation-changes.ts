import type { Ctx, TxCtx } from "../../../tools";
import { directoryErrors, type Operation, type PlannedDepartmentView, PRESENT_STATES, type ReorganisationPreview } from "../contract";
import { departmentClosed } from "../events";
import {
  applyOperations,
  changedDepartments,
  type DepartmentChange,
  heirsOf,
  movedPeople,
  type Organisation,
  type PlannedDepartment,
} from "../organisation-plan";
import { saveDepartments } from "./roster-departments";
import { savePlaces } from "./roster-places";
import { MAX_ROSTER_ROWS } from "./roster-set";

/** The tree and where everybody works who belongs to the organisation. It is small enough to be looked at as a whole. */
const readOrganisation = async ({ db }: Pick<Ctx, "db"> | Pick<TxCtx, "db">): Promise<Organisation> => {
  const [departments, places] = await Promise.all([
    db.department.findMany({ orderBy: [{ sortOrder: "asc" }, { name: "asc" }, { id: "asc" }] }),
    db.affiliation.findMany({
      where: { endsOn: null, person: { state: { in: [...PRESENT_STATES] } } },
      select: { personId: true, departmentId: true, titleId: true, isPrimary: true },
    }),
  ]);
  const planned = departments.map(({ id, parentId, kind, name, nameEn, code, abbreviation, sortOrder, closedOn }) => {
    const department = { id, parentId, kind, name, nameEn, code, abbreviation, sortOrder, isClosed: closedOn !== null };
    return [id, department] as const;
  });
  return { departments: new Map(planned), places };
};

/** What the steps make of the organisation as it stands. Refuses the first step that can't be done; details carry it as `step`, from 1. */
export const judgePlan = async (tx: TxCtx, operations: readonly Operation[]): Promise<{ before: Organisation; after: Organisation }> => {
  const before = await readOrganisation(tx);
  const outcome = applyOperations(before, operations);
  if ("fault" in outcome) throw directoryErrors[outcome.fault]({ step: outcome.at + 1 });
  return { before, after: outcome.organisation };
};

const writeDepartments = async (tx: TxCtx, changes: readonly DepartmentChange[], on: string): Promise<void> => {
  const rows = changes.map(({ after: { isClosed, ...department } }) => ({ ...department, closedOn: isClosed ? on : null }));
  await saveDepartments(tx, rows);
};

const writePlaces = async (tx: TxCtx, people: ReadonlySet<string>, { places }: Organisation, on: string): Promise<void> => {
  const own = new Map(
    [...people].map((personId) => [personId, [] as { departmentId: string; titleId: string | null; isPrimary: boolean }[]]),
  );
  for (const { personId, ...place } of places) own.get(personId)?.push(place);
  const rows = [...own].map(([personId, wanted]) => ({ personId, places: wanted, others: "ended" as const, on }));
  for (let start = 0; start < rows.length; start += MAX_ROSTER_ROWS) await savePlaces(tx, rows.slice(start, start + MAX_ROSTER_ROWS));
};

/**
 * Applies the steps as a whole, from a day (`2026-11-22`) on, behind the lock of the organisation: departments first, then people. Says how many
 * of each it touched, and announces what closed, so that whoever keeps something for a department hands it on.
 */
export const applyPlan = async (
  tx: TxCtx,
  operations: readonly Operation[],
  on: string,
): Promise<{ departments: number; people: number }> => {
  const { before, after } = await judgePlan(tx, operations);
  const changes = changedDepartments(before, after);
  const people = movedPeople(before, after);
  await writeDepartments(tx, changes, on);
  await writePlaces(tx, people, after, on);
  for (const [departmentId, heirId] of heirsOf(before, after, operations)) tx.emit(departmentClosed, { departmentId, heirId });
  return { departments: changes.length, people: people.size };
};

/** Parents before children, as they stand among their siblings. */
const inTreeOrder = (departments: readonly PlannedDepartment[]): PlannedDepartment[] => {
  const known = new Set(departments.map(({ id }) => id));
  const children = new Map<string | null, PlannedDepartment[]>();
  for (const one of departments) {
    const parentId = one.parentId !== null && known.has(one.parentId) ? one.parentId : null;
    children.set(parentId, [...(children.get(parentId) ?? []), one]);
  }
  const below = (id: string | null): PlannedDepartment[] =>
    (children.get(id) ?? []).toSorted((a, b) => a.sortOrder - b.sortOrder).flatMap((one) => [one, ...below(one.id)]);
  return below(null);
};

const toDepartmentViews = ({ departments, places }: Organisation): PlannedDepartmentView[] => {
  const counts = new Map<string, number>();
  for (const { departmentId } of places) counts.set(departmentId, (counts.get(departmentId) ?? 0) + 1);
  const open = inTreeOrder([...departments.values()].filter(({ isClosed }) => !isClosed));
  return open.map(({ id, parentId, kind, name, nameEn, code, abbreviation }) => ({
    ...{ id, parentId, kind, name, nameEn, code, abbreviation },
    peopleCount: counts.get(id) ?? 0,
  }));
};

const standingOf = ({ name, nameEn, code, parentId }: PlannedDepartment, { departments }: Organisation) => {
  const parent = departments.get(parentId ?? "");
  return { name, nameEn, code, parent: parent?.name ?? null, parentEn: parent?.nameEn ?? null };
};

/** What the steps would do, without doing anything: the tree that they make, what differs, whom it moves, and what follows for the rest. */
export const previewReorganisation = async (
  ctx: Ctx,
  { operations }: { operations: readonly Operation[] },
): Promise<ReorganisationPreview> => {
  const before = await readOrganisation(ctx);
  const outcome = applyOperations(before, operations);
  if ("fault" in outcome) {
    const fault = { at: outcome.at, code: directoryErrors[outcome.fault]().code };
    return { departments: toDepartmentViews(before), changes: [], movedPeople: 0, consequences: [], fault };
  }
  const after = outcome.organisation;
  const heirs = heirsOf(before, after, operations);
  const parts = await Promise.all(ctx.tools.departures.map((departure) => departure.consequencesOfClosing?.(ctx, heirs) ?? []));
  return {
    departments: toDepartmentViews(after),
    changes: changedDepartments(before, after).map((change) => ({
      ...{ id: change.id, turns: [...change.turns] },
      before: change.before && standingOf(change.before, before),
      after: standingOf(change.after, after),
    })),
    movedPeople: movedPeople(before, after).size,
    consequences: parts.flat(),
    fault: null,
  };
};
