import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import type { TestMaru } from "../../../testing/testing";
import type { Ctx } from "../../../tools";
import { sourceMapping } from "../contract";
import type { Desired } from "../desired";
import { getRun, scopeOf } from "../queries";
import { executeRun, type Reader } from "../service/execute";
import { queueRun } from "../service/runs";

const SYSTEM = {
  id: SYSTEM_ACTOR_ID,
  accountId: null,
  sessionId: null,
  permissions: new Set<string>(),
  departmentIds: [],
  managedDepartmentIds: [],
};

/** The context of the worker: the system acts. */
export const workerContext = (test: TestMaru): Ctx => test.contextFor(SYSTEM);

const never = new AbortController().signal;
const SOURCE = {
  kind: "OPENLDAP",
  url: null,
  baseDn: null,
  filter: null,
  mapping: sourceMapping.parse({ attributes: {} }),
  rootDepartmentId: null,
} as const;

/** A source whose content is handed over: a directory that was read, as far as the engine knows. Somebody has looked at its scope. */
export const createListSource = async ({ db, actors }: TestMaru, isScopeSeen = true): Promise<string> => {
  const now = new Date();
  const row = { ...SOURCE, id: newId(), name: `목록 ${newId()}`, createdAt: now, updatedAt: now, updatedById: actors.admin.id };
  const { id } = await db.syncSource.create({ data: row });
  const source = await db.syncSource.findUniqueOrThrow({ where: { id } });
  if (isScopeSeen) await db.syncSource.update({ where: { id }, data: { seenScope: scopeOf(source) } });
  return id;
};

/** Reads what it was given. */
export const reading =
  (desired: Desired): Reader =>
  async () => ({ desired, cursor: null });

type Options = { readonly isDryRun?: boolean; readonly isFull?: boolean; readonly signal?: AbortSignal };

/** Asks for a run and does it, as the worker does. */
export const runSync = async (
  test: TestMaru,
  sourceId: string,
  read: Reader,
  { isDryRun = false, isFull = true, signal = never }: Options = {},
) => {
  const ctx = workerContext(test);
  const id = await ctx.tx((tx) => queueRun(tx, sourceId, { isFull, isDryRun, requestedById: null }));
  await executeRun(workerContext(test), id, signal, read);
  return getRun(ctx, id);
};

/** Does a run again, as another worker does that was asked for it. */
export const runAgain = async (test: TestMaru, id: string, read: Reader) => {
  await executeRun(workerContext(test), id, never, read);
  return getRun(workerContext(test), id);
};

/** What a run has found, as lines: `UPDATE a APPLIED`. */
export const linesOf = async ({ db }: TestMaru, runId: string): Promise<string[]> => {
  const items = await db.syncRunItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  return items.map(({ target, action, externalId, status, error }) =>
    [...(target === "PERSON" ? [] : [target]), action, externalId, status, ...(error ? [error] : [])].join(" "),
  );
};
