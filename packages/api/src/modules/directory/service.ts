import { type SqlBool, sql } from "kysely";
import type { z } from "zod";
import type { Ctx } from "../../tools";
import { directoryErrors, type listPeopleInput, type PeoplePageView, PRESENT_STATES } from "./contract";
import { colleagueColumns, colleagueViewOfRow } from "./organisation-queries";
import { byStanding, isWithin } from "./queries";

export { listPersonViews, type PersonCardRecord, type PersonRow, personColumns, personViewOfRow, toPersonView } from "./queries";
export { findContact } from "./service/contact";
export { givePhoto } from "./service/given-photo";
export { changeOwnPerson, createPerson, listOwnFields } from "./service/people";
export { type RosterPerson, type SavedPeople, savePeople } from "./service/roster";
export { type RosterDepartment, type SavedDepartments, saveDepartments } from "./service/roster-departments";
export { type RosterManager, type SavedManagers, saveManagers } from "./service/roster-managers";
export { type RosterPlaces, savePlaces } from "./service/roster-places";
export { deactivatePeople, lockPresence, type RosterDeactivation, reactivatePeople } from "./service/roster-presence";
export { lockOrganisation, MAX_ROSTER_ROWS, type RosterChange } from "./service/roster-set";
export { nameHolds, personMatches, searchDepartments, searchPeople } from "./service/search";

/** Those of these ids that are people who still belong to the organisation, and to this department or one below it when it is given. */
export const listPresentIds = async (
  ctx: Pick<Ctx, "sql">,
  ids: readonly string[],
  departmentId: string | null = null,
): Promise<string[]> => {
  if (ids.length === 0) return [];
  const rows = await ctx.sql
    .selectFrom("person")
    .select("person.id")
    .where(sql<SqlBool>`person.id = any(${[...new Set(ids)]}::uuid[])`)
    .where("person.state", "in", PRESENT_STATES)
    .$if(departmentId !== null, (query) => query.where(isWithin(departmentId ?? "")))
    .execute();
  return rows.map((row) => row.id);
};

/** Everybody who belongs to the organisation, or to a department and those below it, a page at a time. */
export const listPeople = async (ctx: Ctx, input: z.output<typeof listPeopleInput>): Promise<PeoplePageView> => {
  const { departmentId, page, limit } = input;
  if (departmentId && (await ctx.db.department.count({ where: { id: departmentId } })) === 0) throw directoryErrors.departmentNotFound();
  const people = ctx.sql
    .selectFrom("person_card as person")
    .where("person.state", "in", PRESENT_STATES)
    .$if(departmentId !== undefined, (query) => query.where(isWithin(departmentId ?? "")));
  const order =
    input.sort === "rank" ? byStanding(input.order) : sql`person.name ${sql.raw(input.order)}, person.id ${sql.raw(input.order)}`;
  const [rows, counted] = await Promise.all([
    people
      .select(colleagueColumns(ctx.now()))
      .orderBy(order)
      .limit(limit)
      .offset((page - 1) * limit)
      .execute(),
    people.select(sql<number>`count(*)::int`.as("total")).executeTakeFirstOrThrow(),
  ]);
  const { total } = counted;
  return { items: rows.map(colleagueViewOfRow), page: { page, limit, total, totalPages: Math.ceil(total / limit) } };
};
