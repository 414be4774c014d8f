import type { ItemAction, ItemTarget, Values } from "../desired";
import type { Named } from "./current";

/** An item as it stands in its run. What is new has an id already: it was made before the transaction, so that a refusal can name it. */
export type StoredItem = {
  readonly seq: number;
  readonly target: ItemTarget;
  readonly action: ItemAction;
  readonly externalId: string;
  readonly personId: string | null;
  readonly departmentId: string | null;
  readonly before: Values | null;
  readonly after: Values | null;
  readonly hash: string | null;
  readonly dn: string | null;
  readonly error: string | null;
};

/** What became of an item; `error` also says what was left out of one that was applied. */
export type Outcome = {
  readonly seq: number;
  readonly status: "APPLIED" | "SKIPPED" | "FAILED";
  readonly error: string | null;
  readonly personId: string | null;
  readonly departmentId: string | null;
};

/** What applying needs to know of the run. `on` is the day (`YYYY-MM-DD`). */
export type Applying = {
  readonly sourceId: string;
  readonly rootDepartmentId: string | null;
  readonly named: Named;
  readonly on: string;
};

export const outcomeOf = (item: StoredItem, status: Outcome["status"] = "APPLIED", error: string | null = item.error): Outcome => ({
  seq: item.seq,
  status,
  error,
  personId: item.personId,
  departmentId: item.departmentId,
});
