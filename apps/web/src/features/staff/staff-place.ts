import type { PersonView } from "@maru/api/directory/contract";

/** The states that one can choose from. The contract's own, without its schemas (see the test). */
export const STATES = ["ACTIVE", "ON_LEAVE", "RESIGNED", "SCHEDULED_FOR_DELETION"] as const satisfies readonly PersonView["state"][];
const MAX_QUERY = 50;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which people somebody looks at; the address says it, so that it can be sent to a colleague. */
export type StaffPlace = { readonly query: string; readonly state: PersonView["state"] | ""; readonly departmentId: string };

type Parameters = Readonly<Record<string, string | string[] | null | undefined>>;
const first = (value: string | string[] | null | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

/** Reads the address; what nobody could have written on purpose is left out. */
export const readPlace = (parameters: Parameters): StaffPlace => ({
  query: first(parameters.q).replaceAll("\0", "").trim().slice(0, MAX_QUERY),
  state: STATES.find((state) => state === first(parameters.state)) ?? "",
  departmentId: ID.test(first(parameters.department)) ? first(parameters.department) : "",
});

/** The address of a place; what is as usual is not said. */
export const hrefOfPlace = ({ query, state, departmentId }: StaffPlace): string => {
  const parameters = new URLSearchParams(Object.entries({ q: query, state, department: departmentId }).filter(([, value]) => value !== ""));
  return parameters.size > 0 ? `/admin/people?${parameters}` : "/admin/people";
};

export const listInput = ({ query, state, departmentId }: StaffPlace) => ({
  ...(query ? { q: query } : {}),
  ...(state ? { state } : {}),
  ...(departmentId ? { departmentId } : {}),
  limit: 50,
});
