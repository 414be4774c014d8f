import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import type { RosterPerson } from "../modules/directory/service";
import type { TxCtx } from "../tools";
import type { TestMaru } from "./testing";

const SYSTEM = { id: SYSTEM_ACTOR_ID, accountId: null, sessionId: null, permissions: new Set<string>() } as const;

/** One transaction of the system, as a sync or an import opens it. */
export const writerOf =
  (test: Pick<TestMaru, "contextFor">) =>
  <Result>(work: (tx: TxCtx) => Promise<Result>): Promise<Result> =>
    test.contextFor({ ...SYSTEM, departmentIds: [], managedDepartmentIds: [] }).tx(work);

let last = 0;
/** Somebody new, of whom nothing is anybody else's. */
export const somebody = (fields: Partial<RosterPerson> = {}): RosterPerson => {
  last += 1;
  return { id: newId(), name: `명부${last}`, employeeNo: `R${last}`, email: `roster${last}@maru.example`, ...fields };
};

/** What was recorded of these records and told of them, in order. */
export const tracesOf = async ({ db }: Pick<TestMaru, "db">, ids: readonly string[]) => {
  const audits = await db.auditEntry.findMany({ where: { subjectId: { in: [...ids] } }, orderBy: { id: "asc" } });
  const events = await db.outbox.findMany({ where: { kind: "EVENT" }, orderBy: { id: "asc" } });
  const told = events.filter(({ payload }) => ids.some((id) => JSON.stringify(payload).includes(id)));
  return { actions: audits.map(({ action }) => action), events: told.map(({ name }) => name) };
};

/** A list in sets of this size. */
export const inSets = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
