import type { Ctx } from "../../../tools";
import { dateOf, dayAt } from "../calendar";
import { applyScheduled } from "./reorganisations";
import { carryOutScheduled } from "./transitions";

/** How many of each are carried out at once; the next run takes the others. */
const AT_ONCE = 100;

/**
 * Carries out what the organisation decided for a day that has come: first who goes, comes back or leaves, then how the departments stand. Each
 * commits alone, so that one that fails keeps none of the others; what went wrong unexpectedly is tried again by the next run.
 */
export const carryOutDue = async (ctx: Ctx): Promise<void> => {
  const due = {
    where: { state: "SCHEDULED", effectiveOn: { lte: dateOf(dayAt(ctx.now())) } },
    take: AT_ONCE,
    select: { id: true },
  } as const;
  const order = [{ effectiveOn: "asc" }, { id: "asc" }] as const;
  const transitions = await ctx.db.transition.findMany({ ...due, orderBy: [...order] });
  const reorganisations = await ctx.db.reorganisation.findMany({ ...due, orderBy: [...order] });
  const work = [
    ...transitions.map(
      ({ id }) =>
        () =>
          carryOutScheduled(ctx, id),
    ),
    ...reorganisations.map(
      ({ id }) =>
        () =>
          applyScheduled(ctx, id),
    ),
  ];
  const failures: unknown[] = [];
  for (const one of work) await one().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${work.length} could not be carried out`);
};
