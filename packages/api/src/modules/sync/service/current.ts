import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import {
  type Current,
  claimOf,
  type Desired,
  type LinkedDepartment,
  type LinkedPerson,
  type PersonFields,
  type UNIQUE_FIELDS,
} from "../desired";
import { hashOfPerson } from "../normalise";

type PersonRow = LinkedPerson & { readonly externalId: string };
type DepartmentRow = LinkedDepartment & { readonly externalId: string };

const readPeople = async ({ sql }: Ctx, sourceId: string): Promise<Map<string, PersonRow>> => {
  const { rows } = await raw<PersonRow>`
    SELECT l.external_id AS "externalId", l.person_id AS "personId", p.name, l.hash, l.dn, l.missing_since IS NOT NULL AS "isMissing",
      p.deactivated_for IS NOT DISTINCT FROM 'DIRECTORY' AS "isDisabledBySync", p.state IN ('ACTIVE', 'ON_LEAVE') AS "isActive",
      m.external_id AS "managerId"
    FROM sync_link l JOIN person p ON p.id = l.person_id
      LEFT JOIN sync_link m ON m.person_id = p.manager_id AND m.source_id = l.source_id
    WHERE l.source_id = ${sourceId}::uuid AND l.target = 'PERSON'`.execute(sql);
  return new Map(rows.map((row) => [row.externalId, row]));
};

// The deepest last, so that whoever goes backwards closes from below.
const readDepartments = async ({ sql }: Ctx, sourceId: string): Promise<Map<string, DepartmentRow>> => {
  const { rows } = await raw<DepartmentRow>`
    SELECT l.external_id AS "externalId", l.department_id AS "departmentId", d.name, l.hash, l.dn, l.missing_since IS NOT NULL AS "isMissing",
      d.closed_on IS NOT NULL AS "isClosed"
    FROM sync_link l JOIN department d ON d.id = l.department_id
    WHERE l.source_id = ${sourceId}::uuid AND l.target = 'DEPARTMENT' ORDER BY length(d.path), d.id`.execute(sql);
  return new Map(rows.map((row) => [row.externalId, row]));
};

type HolderRow = { readonly field: (typeof UNIQUE_FIELDS)[number]; readonly value: string; readonly personId: string };

/** Who has the names that those who changed shall have. */
export const readHolders = async ({ sql }: Ctx, wanted: readonly PersonFields[]): Promise<Map<string, string>> => {
  const valuesOf = (field: (typeof UNIQUE_FIELDS)[number]) => [
    ...new Set(wanted.flatMap((fields) => (fields[field] ? [fields[field]] : []))),
  ];
  const [usernames, emails, numbers] = [valuesOf("username"), valuesOf("email"), valuesOf("employeeNo")];
  const { rows } = await raw<HolderRow>`
    SELECT 'username' AS field, username AS value, person_id AS "personId" FROM account WHERE username = any(${usernames}::text[])
    UNION ALL SELECT 'email', lower(email), id FROM person WHERE lower(email) = any(${emails}::text[])
    UNION ALL SELECT 'employeeNo', employee_no, id FROM person WHERE employee_no = any(${numbers}::text[])`.execute(sql);
  return new Map(rows.map(({ field, value, personId }) => [claimOf(field, value), personId]));
};

type FieldsRow = { readonly personId: string } & Required<PersonFields>;

const readFields = async ({ sql }: Ctx, sourceId: string, personIds: readonly string[]): Promise<Map<string, PersonFields>> => {
  const { rows } = await raw<FieldsRow>`
    SELECT p.id AS "personId", a.username, p.name, p.name_en AS "nameEn", p.employee_no AS "employeeNo", lower(p.email) AS email, p.phone,
      p.mobile, r.name AS rank, o.name AS position, t.name AS title, dl.external_id AS department
    FROM person p LEFT JOIN account a ON a.person_id = p.id LEFT JOIN rank r ON r.id = p.rank_id LEFT JOIN position o ON o.id = p.position_id
      LEFT JOIN affiliation place ON place.person_id = p.id AND place.is_primary AND place.ends_on IS NULL
      LEFT JOIN title t ON t.id = place.title_id
      LEFT JOIN sync_link dl ON dl.department_id = place.department_id AND dl.source_id = ${sourceId}::uuid AND dl.target = 'DEPARTMENT'
    WHERE p.id = any(${personIds}::uuid[])`.execute(sql);
  return new Map(rows.map(({ personId, ...fields }) => [personId, fields]));
};

const readRoles = async ({ sql }: Ctx, sourceId: string): Promise<Map<string, string[]>> => {
  const { rows } = await raw<{ externalId: string; roleIds: string[] }>`
    SELECT l.external_id AS "externalId", array_agg(DISTINCT ra.role_id::text) AS "roleIds"
    FROM role_assignment ra JOIN account a ON a.id = ra.account_id
      JOIN sync_link l ON l.person_id = a.person_id AND l.source_id = ra.source_id AND l.target = 'PERSON'
    WHERE ra.source_id = ${sourceId}::uuid GROUP BY l.external_id`.execute(sql);
  return new Map(rows.map(({ externalId, roleIds }) => [externalId, roleIds]));
};

/** What ranks, positions and titles there are, by name. */
export const readNamed = async ({ sql }: Pick<Ctx, "sql">) => {
  const { rows } = await raw<{ kind: "rank" | "position" | "title"; name: string; id: string }>`
    SELECT 'rank' AS kind, name, id FROM rank UNION ALL SELECT 'position', name, id FROM position UNION ALL SELECT 'title', name, id FROM title`.execute(
    sql,
  );
  const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map(({ name, id }) => [name, id]));
  return { rank: of("rank"), position: of("position"), title: of("title") };
};
export type Named = Awaited<ReturnType<typeof readNamed>>;

/** What Maru knows now of whom a source speaks. In detail only those who changed: an unchanged organisation costs one row for each of them. */
export const readCurrent = async (ctx: Ctx, sourceId: string, desired: Desired): Promise<Current> => {
  const people = await readPeople(ctx, sourceId);
  const changed = desired.people.filter((person) => people.get(person.externalId)?.hash !== hashOfPerson(person));
  const holders = await readHolders(
    ctx,
    changed.map(({ fields }) => fields),
  );
  const detailed = new Set([...changed.flatMap(({ externalId }) => people.get(externalId)?.personId ?? []), ...holders.values()]);
  const linked = [...people.values()].filter(({ personId }) => detailed.has(personId));
  const fields = await readFields(
    ctx,
    sourceId,
    linked.map(({ personId }) => personId),
  );
  const named = await readNamed(ctx);
  return {
    people,
    departments: await readDepartments(ctx, sourceId),
    fields: new Map(linked.flatMap(({ externalId, personId }) => [[externalId, fields.get(personId) ?? {}] as const])),
    holders,
    known: {
      rank: new Set(named.rank.keys()),
      position: new Set(named.position.keys()),
      title: new Set(named.title.keys()),
    },
    roles: await readRoles(ctx, sourceId),
  };
};
