import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx } from "../../../tools";
import {
  type ChartDepartmentView,
  type DepartmentDetailView,
  type DepartmentView,
  type departmentIdInput,
  directoryErrors,
  type listMembersInput,
  type MembersPageView,
} from "../contract";
import { colleagueColumns, colleagueViewOfRow, isOpen, listChartDepartments, listChartRows } from "../organisation-queries";
import { byStanding } from "../queries";

/** No organisation has more; who made so many by mistake sees the first of them. */
const MAX_DEPARTMENTS = 5_000;

/** The whole chart in one read, parents before children: every open department with its head and how many people it has. */
export const listOrgChart = (ctx: Ctx): Promise<ChartDepartmentView[]> =>
  listChartDepartments(ctx.sql, ctx.now(), isOpen(ctx.now()), MAX_DEPARTMENTS);

/** The same without heads, for menus and pickers. */
export const listDepartments = async (ctx: Ctx): Promise<DepartmentView[]> => {
  const { rows } = await listChartRows(ctx.sql, isOpen(ctx.now()), MAX_DEPARTMENTS);
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    name: row.name,
    nameEn: row.name_en,
    code: row.code,
    peopleCount: row.total_count,
  }));
};

/** A department with what stands above and below it. A closed one is shown too: documents lead to it. */
export const getDepartment = async (ctx: Ctx, { id }: z.output<typeof departmentIdInput>): Promise<DepartmentDetailView> => {
  const now = ctx.now();
  const [stored, chart, favourites] = await Promise.all([
    ctx.db.department.findUnique({ where: { id }, select: { path: true, abbreviation: true, closedOn: true } }),
    listChartDepartments(ctx.sql, now, sql`d.id = ${id}::uuid or (d.parent_id = ${id}::uuid and ${isOpen(now)})`, MAX_DEPARTMENTS),
    ctx.db.favourite.count({ where: { ownerId: ctx.actor.id, departmentId: id } }),
  ]);
  const [own, ...below] = chart;
  if (!stored || !own) throw directoryErrors.departmentNotFound();
  const ids = stored.path.split("/").slice(0, -1);
  const above = await ctx.db.department.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, nameEn: true } });
  return {
    ...own,
    abbreviation: stored.abbreviation,
    closedOn: stored.closedOn?.toISOString().slice(0, 10) ?? null,
    above: ids.flatMap((one) => above.find((department) => department.id === one) ?? []),
    below,
    isFavourite: favourites > 0,
  };
};

/** Who belongs to a department itself, those below it not: by what they are here, a page at a time. */
export const listMembers = async (ctx: Ctx, { departmentId, page, limit }: z.output<typeof listMembersInput>): Promise<MembersPageView> => {
  if ((await ctx.db.department.count({ where: { id: departmentId } })) === 0) throw directoryErrors.departmentNotFound();
  const members = ctx.sql
    .selectFrom("affiliation as a")
    .innerJoin("person_card as person", "person.id", "a.person_id")
    .leftJoin("title as here", "here.id", "a.title_id")
    .where("a.department_id", "=", departmentId)
    .where("a.ends_on", "is", null)
    .where("person.state", "in", ["ACTIVE", "ON_LEAVE"]);
  const [rows, { total }] = await Promise.all([
    members
      .select(colleagueColumns(ctx.now()))
      .select(["here.name as here_title", "here.name_en as here_title_en", "a.is_primary"])
      .orderBy(sql`coalesce(here.is_head, false) desc, here.sort_order nulls last, ${byStanding("asc")}`)
      .limit(limit)
      .offset((page - 1) * limit)
      .execute(),
    members.select(sql<number>`count(*)::int`.as("total")).executeTakeFirstOrThrow(),
  ]);
  return {
    items: rows.map((row) => ({
      ...colleagueViewOfRow(row),
      title: row.here_title,
      titleEn: row.here_title_en,
      isPrimary: row.is_primary,
    })),
    page: { page, limit, total, totalPages: Math.ceil(total / limit) },
  };
};
