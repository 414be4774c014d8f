import type { Current, Desired, Item } from "./desired";
import { LAST_ADMINISTRATOR } from "./guard";
import { planDepartments } from "./plan-departments";
import { planPeople, type Refreshed } from "./plan-people";
import { planManagers, planRoles } from "./plan-relations";

export type Plan = {
  readonly items: readonly Item[];
  /** Links that know a new hash or DN although nothing is to be done. */
  readonly refreshed: { readonly people: readonly Refreshed[]; readonly departments: readonly Refreshed[] };
};

/** Whether a change makes somebody leave. */
export const isLeaving = ({ target, action, status }: Item): boolean =>
  status === "PLANNED" && target === "PERSON" && (action === "DEACTIVATE" || action === "MARK_MISSING");

/** The plan in which those without whom nobody could administer stay, whoever approves. `indispensable` are ids of people. */
export const keepIndispensable = (items: readonly Item[], indispensable: ReadonlySet<string>): Item[] =>
  items.map((item) =>
    isLeaving(item) && indispensable.has(item.personId ?? "")
      ? { ...item, status: "CONFLICT", error: LAST_ADMINISTRATOR, hash: null }
      : item,
  );

/**
 * Everything that must happen so that Maru says what the source says, in the order in which it is applied: departments, people, and then what
 * connects them. A function of two sets and of nothing else, which is why a preview and a run can't differ; it gives an answer later only so that
 * everything else of this process has its turns meanwhile.
 */
export const plan = async (desired: Desired, current: Current, now: Date): Promise<Plan> => {
  const departments = planDepartments(desired, current);
  const people = await planPeople(desired, current, now);
  const isComing = ({ action, status }: Item) => status === "PLANNED" && (action === "CREATE" || action === "REACTIVATE");
  const comingIds = new Set(people.items.filter(isComing).map(({ externalId }) => externalId));
  const managers = await planManagers(desired, current, comingIds);
  const roles = await planRoles(desired, current, comingIds);
  return {
    items: [...departments.items, ...people.items, ...managers, ...roles],
    refreshed: { people: people.refreshed, departments: departments.refreshed },
  };
};
