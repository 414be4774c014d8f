import { findTypedConsonants, searchKey } from "@maru/platform/hangul";
import { type SqlBool, sql } from "kysely";
import type { z } from "zod";
import type { Ctx } from "../../tools";
import {
  type DepartmentView,
  directoryErrors,
  type getPersonInput,
  type listPeopleInput,
  type PeoplePageView,
  type PersonDetailView,
  type PersonView,
  type searchPeopleInput,
} from "./contract";
import { byStanding, isWithin, personColumns, personViewOfRow, startsWith, toPersonView } from "./queries";

export { type PersonCardRecord, type PersonRow, personColumns, personViewOfRow, toPersonView } from "./queries";

/** The people of these ids, each once; an id that is nobody's is left out. */
export const listPersonViews = async (ctx: Pick<Ctx, "sql">, ids: readonly string[]): Promise<Map<string, PersonView>> => {
  if (ids.length === 0) return new Map();
  const rows = await ctx.sql
    .selectFrom("person_card as person")
    .select(personColumns)
    .where(sql<SqlBool>`person.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.person_id, personViewOfRow(row)]));
};

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
    .where("person.state", "!=", "RESIGNED")
    .$if(departmentId !== null, (query) => query.where(isWithin(departmentId ?? "")))
    .execute();
  return rows.map((row) => row.id);
};

/** A person with everything that colleagues may know. */
export const getPerson = async (ctx: Ctx, { id }: z.output<typeof getPersonInput>): Promise<PersonDetailView> => {
  const [card, person] = await Promise.all([
    ctx.db.personCard.findUnique({ where: { id } }),
    ctx.db.person.findUnique({
      where: { id },
      include: { affiliations: { where: { endsOn: null }, include: { department: true, title: true }, orderBy: { isPrimary: "desc" } } },
    }),
  ]);
  if (!card || !person) throw directoryErrors.personNotFound();
  return {
    ...toPersonView(card),
    employeeNo: person.employeeNo,
    email: person.email,
    phone: person.phone,
    places: person.affiliations.map(({ department, title, isPrimary }) => ({
      departmentId: department.id,
      department: department.name,
      departmentEn: department.nameEn,
      title: title?.name ?? null,
      titleEn: title?.nameEn ?? null,
      isPrimary,
    })),
  };
};

/** People by the beginning of their name, its initial consonants (ㅎㄱㄷ), its latin form or their employee number. */
export const searchPeople = async (ctx: Ctx, input: z.output<typeof searchPeopleInput>): Promise<PersonView[]> => {
  const key = searchKey(input.q);
  if (key === "") return [];
  const consonants = findTypedConsonants(key);
  const matches = consonants
    ? sql<SqlBool>`own.name_chosung like ${startsWith(consonants)}`
    : sql<SqlBool>`(own.name_search like ${startsWith(key)} or lower(replace(own.name_en, ' ', '')) like ${startsWith(key)}
        or lower(own.employee_no) like ${startsWith(key)})`;
  const rows = await ctx.sql
    .selectFrom("person as own")
    .innerJoin("person_card as person", "person.id", "own.id")
    .select(personColumns)
    .where(matches)
    .$if(!input.includeResigned, (query) => query.where("own.state", "!=", "RESIGNED"))
    .orderBy(byStanding("asc"))
    .limit(input.limit)
    .execute();
  return rows.map(personViewOfRow);
};

/** Everybody who belongs to the organisation, or to a department and those below it, a page at a time. */
export const listPeople = async (ctx: Ctx, input: z.output<typeof listPeopleInput>): Promise<PeoplePageView> => {
  const { departmentId, page, limit } = input;
  if (departmentId && (await ctx.db.department.count({ where: { id: departmentId } })) === 0) throw directoryErrors.departmentNotFound();
  const people = ctx.sql
    .selectFrom("person_card as person")
    .where("person.state", "!=", "RESIGNED")
    .$if(departmentId !== undefined, (query) => query.where(isWithin(departmentId ?? "")));
  const order =
    input.sort === "rank" ? byStanding(input.order) : sql`person.name ${sql.raw(input.order)}, person.id ${sql.raw(input.order)}`;
  const [rows, counted] = await Promise.all([
    people
      .select(personColumns)
      .orderBy(order)
      .limit(limit)
      .offset((page - 1) * limit)
      .execute(),
    people.select(sql<number>`count(*)::int`.as("total")).executeTakeFirstOrThrow(),
  ]);
  const { total } = counted;
  return { items: rows.map(personViewOfRow), page: { page, limit, total, totalPages: Math.ceil(total / limit) } };
};

/** The whole tree, parents before children. A person counts in each department that they belong to and in every one above it, once. */
export const listDepartments = async (ctx: Ctx): Promise<DepartmentView[]> => {
  const rows = await ctx.sql
    .selectFrom("department as d")
    .select(["d.id", "d.parent_id", "d.name", "d.name_en", "d.code"])
    .select(
      sql<number>`(select count(distinct a.person_id)::int from affiliation a join department own on own.id = a.department_id
        join person p on p.id = a.person_id
        where a.ends_on is null and p.state <> 'RESIGNED' and own.path || '/' like d.path || '/%')`.as("people_count"),
    )
    .orderBy(sql`length(d.path), d.sort_order, d.name`)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    name: row.name,
    nameEn: row.name_en,
    code: row.code,
    peopleCount: row.people_count,
  }));
};
