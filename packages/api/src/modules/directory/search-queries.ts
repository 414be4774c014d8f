import { definePrepared } from "@maru/db/prepared";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { PersonState } from "./contract";
import { byStanding, personColumns } from "./queries";
import type { TermPatterns } from "./search-terms";

/** The pairs of neighbouring letters of a person's search text: written like the expression of the index, or the index is not used. */
const grams = (alias: string) => sql`string_to_array(${sql.ref(`${alias}.search_grams`)}, E'\\n')`;

// PostgreSQL looks at the values of a statement each time and plans it anew where that promises to be worth it. For what a word asks it never is:
// planning took as long as the answer. In a sub-select the values are hidden, and one plan does for all words.
const hidden = (values: readonly string[]) => sql`((select ${values}::text[])::text[])`;
const hiddenIds = (ids: readonly string[]) => sql`((select ${ids}::uuid[])::uuid[])`;

const textHolds = (alias: string, { grams: [first, second, third], contains }: Pick<TermPatterns, "grams" | "contains">) => sql<SqlBool>`(
  (${grams(alias)} @> ${hidden(first)} or ${grams(alias)} @> ${hidden(second)} or ${grams(alias)} @> ${hidden(third)})
  and ${sql.ref(`${alias}.search_text`)} like any(${hidden(contains)}))`;

/** For a statement that has `person as p`: everybody whose search text holds every one of these words. */
export const holdsAll = (words: readonly TermPatterns[]): RawBuilder<SqlBool> =>
  words.length === 0
    ? sql<SqlBool>`false`
    : sql<SqlBool>`(${sql.join(
        words.map((word) => textHolds("p", word)),
        sql` and `,
      )})`;

// 0: a whole word, as the whole name · 1: the beginning of the name · 2: the beginning of another word, or the end of a number · 3: anything else
// in the person's own words; then the organisation's.
const grade = (word: Pick<TermPatterns, "isWord" | "beginsName" | "beginsWord">) => sql<number>`case
  when p.search_text like any(${word.isWord}::text[]) then 0 when p.search_text like any(${word.beginsName}::text[]) then 1
  when p.search_text like any(${word.beginsWord}::text[]) then 2 else 3 end`;

type Name<Prefix extends string, Field extends string> = `${Prefix}${Field}`;
type TermFields = {
  first: string[];
  second: string[];
  third: string[];
  contains: string[];
  isWord: string[];
  beginsName: string[];
  beginsWord: string[];
  /** What of the organisation the word names: ranks, positions, titles and departments, whose people it finds too. */
  rankIds: readonly string[];
  positionIds: readonly string[];
  titleIds: readonly string[];
  departmentIds: readonly string[];
  /** Those of them that are called so and no longer: X1-1 comes before X1-10. */
  wholeIds: readonly string[];
};
export type PeopleParameters = Record<Name<`t${number}_`, keyof TermFields>, TermFields[keyof TermFields]> & {
  states: readonly PersonState[];
  limit: number;
};

const termOf = (param: PeopleParameters, index: number): TermFields =>
  new Proxy({} as TermFields, { get: (_target, field) => param[`t${index}_${String(field) as keyof TermFields}`] });

/** The parameters of a word, named by its place in the query. */
export const termParameters = (index: number, fields: TermFields): Partial<PeopleParameters> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`t${index}_${field}`, value]));

const organisationGrade = (column: string, { wholeIds }: TermFields) =>
  sql`case when ${sql.ref(column)} = any(${hiddenIds(wholeIds)}) then 4 else 5 end`;

const isPresent = ({ states }: PeopleParameters) => sql<SqlBool>`person.state = any((select ${states}::person_state[])::person_state[])`;

// A quarter of all people may have one rank. Where nothing else is asked, an index gives the first of them as they stand, and nobody reads the rest.
const firstOf = (param: PeopleParameters, column: "rank_id" | "position_id", ids: readonly string[], term: TermFields) =>
  sql`select one.id, ${organisationGrade("named.id", term)} from unnest(${hiddenIds(ids)}) as named (id) cross join lateral (
    select person.id from person_card person where person.${sql.ref(column)} = named.id and ${isPresent(param)}
    order by ${byStanding("asc")} limit (select ${param.limit}::int)) as one`;

const everybodyOf = (column: "rank_id" | "position_id", ids: readonly string[], term: TermFields) =>
  sql`select id, ${organisationGrade(column, term)} from person where ${sql.ref(column)} = any(${hiddenIds(ids)})`;

/** The grade of whoever a word finds by her own words, before it is looked at which of them. */
const BY_OWN_WORDS = 3;

// Whom one word finds, each once with the best grade. Those found by the organisation's words come after those found by their own.
const foundBy = (param: PeopleParameters, index: number, { namesOrganisation, isOnlyWord }: Shape) => {
  const term = termOf(param, index);
  const own = sql`select p.id, ${isOnlyWord ? grade(term) : sql.lit(BY_OWN_WORDS)} as grade from person p
    where ${textHolds("p", { grams: [term.first, term.second, term.third], contains: term.contains })}`;
  if (!namesOrganisation) return own;
  const having = (column: "rank_id" | "position_id", ids: readonly string[]) =>
    isOnlyWord ? firstOf(param, column, ids, term) : everybodyOf(column, ids, term);
  const placed = (column: "title_id" | "department_id", ids: readonly string[]) =>
    sql`select person_id, ${organisationGrade(column, term)} from affiliation where ${sql.ref(column)} = any(${hiddenIds(ids)}) and ends_on is null`;
  return sql`select id, min(grade) as grade from (${own}
    union all ${having("rank_id", term.rankIds)} union all ${having("position_id", term.positionIds)}
    union all ${placed("title_id", term.titleIds)} union all ${placed("department_id", term.departmentIds)}) as one group by id`;
};

type Shape = { readonly namesOrganisation: boolean; readonly isOnlyWord: boolean };

type Found = { id: string; grade: number };

// Of several words each finds many, and all of them few: only those are graded. The offset keeps the planner from looking at everybody's text first.
const foundByAll = (param: PeopleParameters, termCount: number, namesOrganisation: boolean) => {
  const indexes = Array.from({ length: termCount }, (_, index) => index);
  const tables = indexes.map(
    (index) => sql`(${foundBy(param, index, { namesOrganisation, isOnlyWord: false })}) as ${sql.ref(`t${index}`)}`,
  );
  const joined = tables.slice(1).map((table, index) => sql`join ${table} on ${sql.ref(`t${index + 1}.id`)} = t0.id`);
  const grades = indexes.map((index) => {
    const found = sql.ref(`t${index}.grade`);
    return sql`case when ${found} = ${sql.lit(BY_OWN_WORDS)} then ${grade(termOf(param, index))} else ${found} end`;
  });
  return sql<Found>`(select t0.id, ${sql.join(grades, sql` + `)} as grade from ${tables[0]} ${sql.join(joined, sql` `)}
    cross join lateral (select search_text from person where person.id = t0.id offset 0) as p)`;
};

const definePeopleSearch = (termCount: number, namesOrganisation: boolean) =>
  definePrepared<PeopleParameters>()((query, param) => {
    const found =
      termCount === 1
        ? sql<Found>`(${foundBy(param, 0, { namesOrganisation, isOnlyWord: true })})`
        : foundByAll(param, termCount, namesOrganisation);
    return query
      .selectFrom(found.as("found"))
      .innerJoinLateral(
        // A card at a time: the planner guesses too many people and would read all cards. The offset keeps it from that.
        (one) => one.selectFrom("person_card as person").selectAll().whereRef("person.id", "=", "found.id").offset(sql.lit(0)).as("person"),
        (join) => join.onTrue(),
      )
      .select(personColumns)
      .select("person.employee_no as person_employee_no")
      .where(isPresent(param))
      .orderBy("found.grade")
      .orderBy(byStanding("asc"))
      .limit(param.limit);
  });

type PeopleSearch = ReturnType<typeof definePeopleSearch>;
const counts = [1, 2, 3, 4] as const;
const byText: readonly PeopleSearch[] = counts.map((count) => definePeopleSearch(count, false));
const byOrganisation: readonly PeopleSearch[] = counts.map((count) => definePeopleSearch(count, true));

/** The statement for so many words, with the organisation's words or without. */
export const peopleSearch = (termCount: number, namesOrganisation: boolean): PeopleSearch => {
  const search = (namesOrganisation ? byOrganisation : byText)[termCount - 1];
  if (!search) throw new Error(`a search has one to ${counts.length} words`);
  return search;
};

// A rank, position or title as a department is written: every word between borders.
const spelled = (table: string) => sql`' ' || lower(replace(${sql.ref(`${table}.name`)}, ' ', '')) || ' '
  || lower(replace(${sql.ref(`${table}.name_en`)}, ' ', '')) || ' '`;

export type OrganisationWord = { readonly kind: "rank" | "position" | "title" | "department"; readonly id: string; readonly text: string };

// More departments than anybody means at once; a word that names more is too short to mean any.
const MAX_DEPARTMENTS = 50;

/** Whatever of the organisation holds one of these patterns. */
export const organisationWords = definePrepared<{ patterns: readonly string[] }>()((query, param) => {
  const named = (table: "rank" | "position" | "title") =>
    sql`select ${sql.lit(table)} as kind, id, ${spelled(table)} as text from ${sql.table(table)} where ${spelled(table)} like any(${param.patterns}::text[])`;
  const departments = sql`(select 'department' as kind, id, search_text as text from department
    where search_text like any(${param.patterns}::text[]) and closed_on is null order by length(search_text), id limit ${sql.lit(MAX_DEPARTMENTS)})`;
  const words = sql<OrganisationWord>`(${sql.join([named("rank"), named("position"), named("title"), departments], sql` union all `)})`;
  return query.selectFrom(words.as("word")).select(["word.kind", "word.id", "word.text"]);
});

type DepartmentParameters = Omit<TermPatterns, "grams"> & { limit: number };

/** The open departments that hold a word: the whole name, then its beginning, then the rest; each in the order of the chart. */
export const departmentSearch = definePrepared<DepartmentParameters>()((query, param) =>
  query
    .selectFrom("department as p")
    .leftJoin("department as parent", "parent.id", "p.parent_id")
    .select(["p.id", "p.name", "p.name_en", "p.code", "parent.name as parent_name", "parent.name_en as parent_name_en"])
    .where(sql<SqlBool>`p.search_text like any(${param.contains}::text[])`)
    .where("p.closed_on", "is", null)
    .orderBy(grade(param))
    .orderBy(sql`length(p.path)`)
    .orderBy("p.sort_order")
    .orderBy("p.name")
    .orderBy("p.id")
    .limit(param.limit),
);
