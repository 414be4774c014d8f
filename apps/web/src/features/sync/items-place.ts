import type { ItemView } from "@maru/api/sync/contract";

export const TARGETS = ["DEPARTMENT", "PERSON", "MANAGER", "ROLE", "PHOTO"] as const satisfies readonly ItemView["target"][];
export const ACTIONS = [
  "CREATE",
  "UPDATE",
  "DEACTIVATE",
  "REACTIVATE",
  "MARK_MISSING",
  "FOUND",
  "CLOSE",
  "GRANT",
  "REVOKE",
] as const satisfies readonly ItemView["action"][];
export const STATUSES = ["PLANNED", "APPLIED", "SKIPPED", "FAILED", "CONFLICT"] as const satisfies readonly ItemView["status"][];

const MAX_QUERY = 100;

/** Which items of a run somebody looks at; the address says it, so that it can be sent to a colleague. */
export type ItemsPlace = {
  readonly query: string;
  readonly target: ItemView["target"] | "";
  readonly action: ItemView["action"] | "";
  readonly status: ItemView["status"] | "";
  readonly isHeld: boolean;
};
export const EVERYTHING: ItemsPlace = { query: "", target: "", action: "", status: "", isHeld: false };

type Parameters = Readonly<Record<string, string | string[] | null | undefined>>;
const first = (value: string | string[] | null | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

/** Reads the address; what nobody could have written on purpose is left out. */
export const readPlace = (parameters: Parameters): ItemsPlace => ({
  query: first(parameters.q).replaceAll("\0", "").trim().slice(0, MAX_QUERY),
  target: TARGETS.find((one) => one === first(parameters.target)) ?? "",
  action: ACTIONS.find((one) => one === first(parameters.action)) ?? "",
  status: STATUSES.find((one) => one === first(parameters.status)) ?? "",
  isHeld: first(parameters.held) === "1",
});

/** The address of a place in a run; what is as usual is not said. */
export const hrefOfPlace = (runId: string, { query, target, action, status, isHeld }: ItemsPlace): string => {
  const named = Object.entries({ q: query, target, action, status, held: isHeld ? "1" : "" });
  const parameters = new URLSearchParams(named.filter(([, value]) => value !== ""));
  return `/admin/sync/runs/${runId}${parameters.size > 0 ? `?${parameters}` : ""}`;
};

/** The same as the procedure wants it. */
export const listInput = (runId: string, { query, target, action, status, isHeld }: ItemsPlace) => ({
  runId,
  ...(query ? { q: query } : {}),
  ...(target ? { target } : {}),
  ...(action ? { action } : {}),
  ...(status ? { status } : {}),
  ...(isHeld ? { isHeld } : {}),
  limit: 50,
});
