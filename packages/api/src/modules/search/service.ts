import type { z } from "zod";
import type { Ctx } from "../../tools";
import { boardPermissions } from "../board/contract";
import { listBoards } from "../board/service";
import type { FoundDepartmentView, FoundPersonView, SearchDepartmentsInput, SearchPeopleInput } from "../directory/contract";
import { nameHolds, searchDepartments, searchPeople } from "../directory/service";
import type { AutocompleteView, autocompleteInput } from "./contract";

const [READ_BOARDS] = boardPermissions;

/** People, by whatever they are known by: the one search of the directory (see `searchPeople` there). */
export const employees = (ctx: Ctx, input: SearchPeopleInput): Promise<FoundPersonView[]> => searchPeople(ctx, input);

/** Departments that are open. */
export const departments = (ctx: Ctx, input: SearchDepartmentsInput): Promise<FoundDepartmentView[]> => searchDepartments(ctx, input);

const findBoards = async (ctx: Ctx, q: string, limit: number): Promise<AutocompleteView["boards"]> => {
  if (!ctx.actor.permissions.has(READ_BOARDS)) return [];
  const boards = await listBoards(ctx);
  return boards.filter(({ name, nameEn, slug }) => nameHolds({ name, nameEn, code: slug }, q)).slice(0, limit);
};

/** People, departments and boards for what has been typed so far, so many of each; only boards that the actor may read. */
export const autocomplete = async (ctx: Ctx, { q, limit }: z.output<typeof autocompleteInput>): Promise<AutocompleteView> => {
  const [people, found, boards] = await Promise.all([
    searchPeople(ctx, { q, limit, includeResigned: false }),
    searchDepartments(ctx, { q, limit }),
    findBoards(ctx, q, limit),
  ]);
  return { people, departments: found, boards };
};
