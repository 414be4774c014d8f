import type { DB, Sql } from "@maru/db/client";
import { type Selectable, type SqlBool, sql } from "kysely";
import type { PersonView } from "./contract";

type Card = Selectable<DB["person_card"]>;

/** Where a person's picture is served; the files module decides who may see it, by the subject `directory.person`. */
const photoUrlOf = (photoFileId: string | null): string | null => (photoFileId === null ? null : `/api/files/${photoFileId}/256`);

/**
 * The columns of a person who stands in a list: join `person_card as person`, select these, and map each row with `personViewOfRow`.
 * One fixed alias, so that mapping a row of a hot list is plain property access.
 */
export const personColumns = [
  "person.id as person_id",
  "person.name as person_name",
  "person.name_en as person_name_en",
  "person.rank as person_rank",
  "person.rank_en as person_rank_en",
  "person.title as person_title",
  "person.title_en as person_title_en",
  "person.department_id as person_department_id",
  "person.department as person_department",
  "person.department_en as person_department_en",
  "person.photo_file_id as person_photo_file_id",
  "person.state as person_state",
] as const;

type PersonField = (typeof personColumns)[number] extends `person.${infer Column} as ${string}` ? Column : never;
/** What a row holds once `personColumns` are selected. */
export type PersonRow = { readonly [Field in PersonField as `person_${Field}`]: Card[Field] };

export const personViewOfRow = (row: PersonRow): PersonView => ({
  id: row.person_id,
  name: row.person_name,
  nameEn: row.person_name_en,
  rank: row.person_rank,
  rankEn: row.person_rank_en,
  title: row.person_title,
  titleEn: row.person_title_en,
  departmentId: row.person_department_id,
  department: row.person_department,
  departmentEn: row.person_department_en,
  photoUrl: photoUrlOf(row.person_photo_file_id),
  state: row.person_state,
});

/** The people of these ids, each once; an id that is nobody's is left out. */
export const listPersonViews = async (ctx: { readonly sql: Sql }, ids: readonly string[]): Promise<Map<string, PersonView>> => {
  if (ids.length === 0) return new Map();
  const rows = await ctx.sql
    .selectFrom("person_card as person")
    .select(personColumns)
    .where(sql<SqlBool>`person.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.person_id, personViewOfRow(row)]));
};

/** The same from Prisma's `personCard`. */
export type PersonCardRecord = Omit<PersonView, "photoUrl"> & { readonly photoFileId: string | null };

export const toPersonView = ({ photoFileId, ...card }: PersonCardRecord): PersonView => ({
  id: card.id,
  name: card.name,
  nameEn: card.nameEn,
  rank: card.rank,
  rankEn: card.rankEn,
  title: card.title,
  titleEn: card.titleEn,
  departmentId: card.departmentId,
  department: card.department,
  departmentEn: card.departmentEn,
  photoUrl: photoUrlOf(photoFileId),
  state: card.state,
});

/** How people are ordered everywhere: executives, then heads, then by title, rank and name; never by the string that is displayed. */
export const byStanding = (direction: "asc" | "desc") => {
  const order = sql.raw(direction);
  return sql`person.standing ${order}, person.name ${order}, person.id ${order}`;
};

/** The departments below one, itself included, by the path that each stores. */
export const isWithin = (departmentId: string) => sql<boolean>`exists (
  select 1 from affiliation place join department own on own.id = place.department_id
  where place.person_id = person.id and place.ends_on is null
    and own.path || '/' like (select path from department where id = ${departmentId}::uuid) || '/%')`;
