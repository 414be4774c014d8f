const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_QUERY = 50;
const MAX_PAGE = 10_000;
/** How many a page of the list holds, and how many a search shows. */
export const PEOPLE_A_PAGE = 30;
export const PEOPLE_FOUND = 50;

/** Where in the directory somebody is: the address says it, so that it can be sent to a colleague. */
export type PeoplePlace = { readonly departmentId: string | null; readonly query: string; readonly page: number };

const first = (value: string | string[] | null | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

/** Reads the address; what nobody could have written on purpose is left out. */
export const readPlace = (parameters: Readonly<Record<string, string | string[] | null | undefined>>): PeoplePlace => {
  const departmentId = first(parameters.department);
  const page = Number(first(parameters.page));
  return {
    departmentId: UUID.test(departmentId) ? departmentId : null,
    query: first(parameters.q).trim().slice(0, MAX_QUERY),
    page: Number.isInteger(page) && page >= 1 && page <= MAX_PAGE ? page : 1,
  };
};

/** The address of a place; what is as usual is not said. */
export const hrefOfPlace = ({ departmentId, query, page }: PeoplePlace): string => {
  const parameters = new URLSearchParams();
  if (departmentId) parameters.set("department", departmentId);
  if (query) parameters.set("q", query);
  if (page > 1) parameters.set("page", String(page));
  const text = parameters.toString();
  return text ? `/people?${text}` : "/people";
};

export const listInput = ({ departmentId, page }: PeoplePlace) => ({
  ...(departmentId ? { departmentId } : {}),
  page,
  limit: PEOPLE_A_PAGE,
});
export const membersInput = (departmentId: string, page: number) => ({ departmentId, page, limit: PEOPLE_A_PAGE });
export const searchInput = ({ query }: PeoplePlace) => ({ q: query, limit: PEOPLE_FOUND });
