import type { Ctx } from "../../../../tools";
import { type Item, itemOf, type Values } from "../../desired";
import { type KnownPerson, readKnown } from "./known";

type Done = Awaited<ReturnType<typeof readDone>>[number];

const readDone = ({ db }: Ctx, runId: string) =>
  db.syncRunItem.findMany({ where: { runId, status: "APPLIED", target: { in: ["PERSON", "MANAGER"] } }, orderBy: { seq: "asc" } });

const baseOf = ({ target, externalId, label, personId, dn }: Done) => ({ target, externalId, label, personId, dn });

/** Whether a person stands as the run has left her. */
const isAsLeft = ({ target, after }: Done, person: KnownPerson): boolean => {
  const standing: Values = target === "MANAGER" ? { manager: person.managerId } : (person.fields as Values);
  const { departmentName: _name, ...left } = (after ?? {}) as Record<string, string | null>;
  return Object.entries(left).every(([field, value]) => (standing[field] ?? null) === value);
};

/** The place that somebody had before; one who had none keeps the one that she was given. */
const withPlace = (before: Values): { readonly after: Values; readonly error: string | null } => {
  if (!("department" in before) || before.department !== null) return { after: before, error: null };
  const { department: _id, departmentName: _name, title: _title, ...after } = before;
  return { after, error: "departmentStays" };
};

const reverseOf = (done: Done, person: KnownPerson | undefined): Item => {
  const base = baseOf(done);
  const isNew = done.action === "CREATE" || done.action === "REACTIVATE";
  const reverse = isNew
    ? itemOf({ ...base, action: "DEACTIVATE", after: { reason: "undone" } })
    : itemOf({ ...base, action: "UPDATE", before: done.after as Values, ...withPlace((done.before ?? {}) as Values) });
  const isThere = person !== undefined && (!isNew || person.isActive);
  if (!isThere || !isAsLeft(done, person)) return { ...reverse, status: "CONFLICT", error: "changedSince" };
  if (person.isOfDirectory) return { ...reverse, status: "CONFLICT", error: "managedByDirectory" };
  return Object.keys(reverse.after ?? {}).length === 0 ? { ...reverse, status: "SKIPPED" } : reverse;
};

// Whoever goes makes room first; who leads whom comes last.
const placeOf = ({ target, action }: Item): number => (target === "MANAGER" ? 2 : action === "DEACTIVATE" ? 0 : 1);

/**
 * The reverse of what a run has done, row by row: what it changed becomes what it was, and whom it took in is sent away. Whoever was changed
 * by somebody else since stays as she is, and that is said.
 */
export const planUndo = async (ctx: Ctx, runId: string): Promise<readonly Item[]> => {
  const done = await readDone(ctx, runId);
  const known = await readKnown(ctx, { personIds: done.flatMap(({ personId }) => personId ?? []) });
  const people = new Map(known.map((person) => [person.personId, person]));
  const gone = new Set(done.filter(({ action }) => action === "CREATE").map(({ personId }) => personId));
  return (
    done
      // Who leads somebody that goes again needs no undoing.
      .filter(({ target, personId }) => target !== "MANAGER" || !gone.has(personId))
      .map((one) => reverseOf(one, people.get(one.personId ?? "")))
      .sort((a, b) => placeOf(a) - placeOf(b))
  );
};
