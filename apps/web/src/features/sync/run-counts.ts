import type { ItemView, RunView } from "@maru/api/sync/contract";
import { ACTIONS, STATUSES, TARGETS } from "./items-place";

type Counts = RunView["counts"];
export type PlannedCount = { readonly target: ItemView["target"]; readonly action: ItemView["action"]; readonly count: number };

/** What a run has planned, by what and how, in the order in which the page names them. */
export const plannedOf = (counts: Counts): readonly PlannedCount[] =>
  TARGETS.flatMap((target) =>
    ACTIONS.flatMap((action) => {
      const count = counts[`${target}.${action}`] ?? 0;
      return count > 0 ? [{ target, action, count }] : [];
    }),
  );

/** What was not planned to happen: conflicts, and what is skipped. */
export const unplannedOf = (counts: Counts): readonly { readonly status: ItemView["status"]; readonly count: number }[] =>
  STATUSES.flatMap((status) => {
    const count = counts[status] ?? 0;
    return count > 0 ? [{ status, count }] : [];
  });

/** How much a run changes, or would. */
export const changesOf = (counts: Counts): number => plannedOf(counts).reduce((sum, { count }) => sum + count, 0);
