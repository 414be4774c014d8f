import type { Ctx } from "./tools";

/** Who may read the records of one kind: given ids, those of them that the actor may read. */
export type Subject = { canRead(ctx: Ctx, ids: readonly string[]): Promise<ReadonlySet<string>> };

/**
 * The registry that a module asks about records which stand to the right of it: a file stores `(subjectType, subjectId)` and asks here
 * whether its post may be read. One predicate serves every door.
 */
export type Subjects = Readonly<Record<string, Subject>>;

/** The ids that the actor may read; a kind that nobody registered is read by nobody. */
export const readableIds = async (ctx: Ctx, subjectType: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const subject = Object.hasOwn(ctx.tools.subjects, subjectType) ? ctx.tools.subjects[subjectType] : undefined;
  return subject ? subject.canRead(ctx, ids) : new Set();
};
