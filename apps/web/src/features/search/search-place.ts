const MAX_QUERY = 50;
/** How many of each kind a page of results shows. */
export const PEOPLE_SHOWN = 50;
export const DEPARTMENTS_SHOWN = 12;

/** What the address asks for. */
export const readQuery = (value: string | readonly string[] | null | undefined): string =>
  ((typeof value === "string" ? value : value?.[0]) ?? "").trim().slice(0, MAX_QUERY);

/** The address of the results for a text. */
export const hrefOfSearch = (query: string): string =>
  query.trim() === "" ? "/search" : `/search?${new URLSearchParams({ q: query.trim() })}`;

export const peopleInput = (query: string) => ({ q: query, limit: PEOPLE_SHOWN });
export const departmentsInput = (query: string) => ({ q: query, limit: DEPARTMENTS_SHOWN });
