import type { AccountStatus } from "@maru/api/identity/contract";

/** The states that one can choose from, in the order in which they are offered. The contract's own, without its schemas (see the test). */
export const STATUSES = ["active", "waiting", "disabled", "leaving"] as const satisfies readonly AccountStatus[];
const MAX_QUERY = 50;

/** Which accounts somebody looks at; the address says it, so that it can be sent to a colleague. */
export type AccountsPlace = { readonly query: string; readonly status: AccountStatus | "" };

type Parameters = Readonly<Record<string, string | string[] | null | undefined>>;
const first = (value: string | string[] | null | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

/** Reads the address; what nobody could have written on purpose is left out. */
export const readPlace = (parameters: Parameters): AccountsPlace => ({
  query: first(parameters.q).replaceAll("\0", "").trim().slice(0, MAX_QUERY),
  status: STATUSES.find((status) => status === first(parameters.status)) ?? "",
});

/** The address of a place; what is as usual is not said. */
export const hrefOfPlace = ({ query, status }: AccountsPlace): string => {
  const parameters = new URLSearchParams(Object.entries({ q: query, status }).filter(([, value]) => value !== ""));
  return parameters.size > 0 ? `/admin/accounts?${parameters}` : "/admin/accounts";
};

export const listInput = ({ query, status }: AccountsPlace) => ({
  ...(query ? { q: query } : {}),
  ...(status ? { status } : {}),
  limit: 50,
});
