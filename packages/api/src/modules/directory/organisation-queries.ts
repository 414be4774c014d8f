import type { Sql } from "@maru/db/client";
import { type SqlBool, sql } from "kysely";
import type { AbsenceReason, ChartDepartmentView, ColleagueView } from "./contract";
import { byStanding, type PersonRow, personColumns, personViewOfRow } from "./queries";

/** Until when `person` is away at a moment, over all absences that hold then; null when she is here. */
const awayUntil = (now: Date) => sql<Date | null>`(
  select max(own.ends_at) from absence own
  where own.person_id = person.id and own.cancelled_at is null and own.starts_at <= ${now}::timestamptz and own.ends_at > ${now}::timestamptz)`;

/** What a person in a list of the directory is made of, from `person_card as person`: select these, and map each row with `colleagueViewOfRow`. */
export const colleagueColumns = (now: Date) =>
  [...personColumns, "person.employee_no as person_employee_no", awayUntil(now).as("person_away_until")] as const;

export type ColleagueRow = PersonRow & { readonly person_employee_no: string | null; readonly person_away_until: Date | null };

export const colleagueViewOfRow = (row: ColleagueRow): ColleagueView => ({
  ...personViewOfRow(row),
  employeeNo: row.person_employee_no,
  awayUntil: row.person_away_until?.toISOString() ?? null,
});

/** The people of these ids, each once; an id that is nobody's is left out. */
export const listColleagues = async (sqlDoor: Sql, now: Date, ids: readonly string[]): Promise<Map<string, ColleagueView>> => {
  if (ids.length === 0) return new Map();
  const rows = await sqlDoor
    .selectFrom("person_card as person")
    .select(colleagueColumns(now))
    .where(sql<SqlBool>`person.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.person_id, colleagueViewOfRow(row)]));
};

/** Whoever stands below a manager and works here, by standing: so many, and how many there are. */
export const listReports = async (sqlDoor: Sql, now: Date, managerId: string, limit: number) => {
  const rows = await sqlDoor
    .selectFrom("person_card as person")
    .innerJoin("person as own", "own.id", "person.id")
    .where("own.manager_id", "=", managerId)
    .where("own.state", "in", ["ACTIVE", "ON_LEAVE"])
    .select(colleagueColumns(now))
    .select(sql<number>`count(*) over ()::int`.as("total"))
    .orderBy(byStanding("asc"))
    .limit(limit)
    .execute();
  return { reports: rows.map(colleagueViewOfRow), reportCount: rows[0]?.total ?? 0 };
};

/** A department that is not closed on the day of a moment. Days are those of the office, in Korea. */
export const isOpen = (now: Date) =>
  sql<SqlBool>`(d.closed_on is null or d.closed_on > (${now}::timestamptz at time zone 'Asia/Seoul')::date)`;

/** Every place that somebody has who works here. */
const places = sql`
  select a.person_id, a.title_id, a.is_primary, a.department_id from affiliation a join person p on p.id = a.person_id
  where a.ends_on is null and p.state in ('ACTIVE', 'ON_LEAVE')`;

// Taken apart once a department: once a person was half of what the chart of five thousand people cost.
const departmentsAbove = sql`
  select own.id as department_id, above.id::uuid as id from department own, unnest(string_to_array(own.path, '/')) as above (id)`;

type ChartRow = {
  readonly id: string;
  readonly parent_id: string | null;
  readonly kind: ChartDepartmentView["kind"];
  readonly name: string;
  readonly name_en: string;
  readonly code: string;
  readonly direct_count: number;
  readonly total_count: number;
  readonly head_id: string | null;
  readonly head_title: string | null;
  readonly head_title_en: string | null;
};

/**
 * Departments as `d` with their counts and heads, parents before children, in the order of the chart. A person counts in each department
 * that she belongs to and in every one above it, once. Of several heads the one whose first place it is stands here.
 */
export const listChartRows = (sqlDoor: Sql, condition: ReturnType<typeof sql<SqlBool>>, limit: number) =>
  sql<ChartRow>`
    with place as materialized (${places}),
    above as materialized (${departmentsAbove}),
    total as (
      select above.id, count(distinct place.person_id)::int as count
      from place join above on above.department_id = place.department_id group by above.id
    ),
    direct as (select department_id as id, count(*)::int as count from place group by department_id),
    head as (
      select distinct on (place.department_id) place.department_id as id, place.person_id, t.name as title, t.name_en as title_en
      from place join title t on t.id = place.title_id and t.is_head join person_card person on person.id = place.person_id
      order by place.department_id, place.is_primary desc, t.sort_order, person.rank_order, person.name, person.id
    )
    select d.id, d.parent_id, d.kind, d.name, d.name_en, d.code, coalesce(direct.count, 0) as direct_count,
      coalesce(total.count, 0) as total_count, head.person_id as head_id, head.title as head_title, head.title_en as head_title_en
    from department d left join total on total.id = d.id left join direct on direct.id = d.id left join head on head.id = d.id
    where ${condition}
    order by length(d.path), d.sort_order, d.name, d.id limit ${limit}`.execute(sqlDoor);

/** The departments that a condition on `d` names, as the chart shows them. */
export const listChartDepartments = async (
  sqlDoor: Sql,
  now: Date,
  condition: ReturnType<typeof sql<SqlBool>>,
  limit: number,
): Promise<ChartDepartmentView[]> => {
  const { rows } = await listChartRows(sqlDoor, condition, limit);
  const people = await listColleagues(
    sqlDoor,
    now,
    rows.flatMap(({ head_id }) => head_id ?? []),
  );
  return rows.map((row) => {
    const head = people.get(row.head_id ?? "");
    return {
      id: row.id,
      parentId: row.parent_id,
      kind: row.kind,
      name: row.name,
      nameEn: row.name_en,
      code: row.code,
      directCount: row.direct_count,
      totalCount: row.total_count,
      // She is called by what she is here: her first place may be another one.
      head: head ? { ...head, title: row.head_title, titleEn: row.head_title_en } : null,
    };
  });
};

export type AbsenceRow = {
  readonly id: string;
  readonly person_id: string;
  readonly assistant_id: string | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly reason: AbsenceReason;
  readonly note: string | null;
  readonly deputy_id: string | null;
  readonly deputy_away: "NEVER" | "PARTLY" | "WHOLLY";
};

type AbsenceQuestion = { readonly from: Date; readonly to: Date; readonly whose: ReturnType<typeof sql<SqlBool>>; readonly limit: number };

// How long the deputy is away within the absence, in seconds: her own absences never overlap, so their parts add up.
const deputyAwaySeconds = sql`(
  select coalesce(sum(extract(epoch from least(d.ends_at, a.ends_at) - greatest(d.starts_at, a.starts_at))), 0) from absence d
  where d.person_id = a.deputy_id and d.cancelled_at is null and d.starts_at < a.ends_at and d.ends_at > a.starts_at)`;

/** The absences that touch a time, of the people (`person`, a card) that `whose` names: the first to begin first. */
export const listAbsenceRows = async (sqlDoor: Sql, { from, to, whose, limit }: AbsenceQuestion): Promise<AbsenceRow[]> => {
  const { rows } = await sql<AbsenceRow>`
    select a.id, a.person_id, own.assistant_id, a.starts_at, a.ends_at, a.reason, a.note, a.deputy_id,
      case when deputy.id is null then 'NEVER' when deputy.state <> 'ACTIVE' then 'WHOLLY' when away.seconds = 0 then 'NEVER'
        when away.seconds >= extract(epoch from a.ends_at - a.starts_at) then 'WHOLLY' else 'PARTLY' end as deputy_away
    from absence a join person own on own.id = a.person_id join person_card person on person.id = a.person_id
      left join person deputy on deputy.id = a.deputy_id, lateral (select ${deputyAwaySeconds} as seconds) away
    where a.cancelled_at is null and a.starts_at < ${to}::timestamptz and a.ends_at > ${from}::timestamptz and ${whose}
    order by a.starts_at, a.id limit ${limit}`.execute(sqlDoor);
  return rows;
};
