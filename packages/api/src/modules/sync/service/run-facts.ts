import type { Ctx } from "../../../tools";
import { listAdministrators } from "../../identity/service";
import type { RunState } from "../contract";

/** Of which source a run is, how it stands, and who looks after it. */
export type RunFacts = { readonly sourceName: string; readonly state: RunState; readonly personIds: readonly string[] };

/** What is told of a run, and to whom: to those who administer. Null for a run that is not there any more. */
export const findRunFacts = async (ctx: Pick<Ctx, "db" | "sql">, id: string): Promise<RunFacts | null> => {
  const run = await ctx.db.syncRun.findUnique({ where: { id }, select: { state: true, source: { select: { name: true, kind: true } } } });
  // Whoever reads a file in looks at the page where it stands.
  if (!run || run.source.kind === "FILE") return null;
  const administrators = await listAdministrators(ctx.sql);
  return { sourceName: run.source.name, state: run.state, personIds: [...new Set(administrators.map(({ personId }) => personId))] };
};
