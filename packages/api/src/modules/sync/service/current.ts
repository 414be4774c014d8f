import { inTurns } from "@maru/platform/turns";
import { type RawBuilder, sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import {
  type Current,
  claimOf,
  type Desired,
  type LinkedDepartment,
  type LinkedPerson,
  type NormalPerson,
  type PersonFields,
  type UNIQUE_FIELDS,
} from "../desired";
import { hashOfPerson } from "../normalise";

type PersonRow = LinkedPerson & { readonly externalId: string };
type DepartmentRow = LinkedDepartment & { readonly externalId: string };

// Of whom something is asked besides those who changed: their managers as the source names them, everybody above them, and whoever has a name
// that one of them shall have.
const concerned = (sourceId: string, { people, goneIds }: Desired, holders: ReadonlyMap<string, string>) => {
  const externalIds = [...people.map(({ externalId }) => externalId), ...goneIds];
  const managerDns = [...new Set(people.flatMap(({ managerDn }) => managerDn ?? []))];
  return raw`
    WITH RECURSIVE concerned AS (
      SELECT person_id AS id FROM sync_link WHERE source_id = ${sourceId}::uuid AND target = 'PERSON'
        AND (external_id = any(${externalIds}::text[]) OR dn = any(${managerDns}::text[]) OR person_id = any(${[...holders.values()]}::uuid[]))
      UNION SELECT p.manager_id FROM concerned c JOIN person p ON p.id = c.id WHERE p.manager_id IS NOT NULL)
    SELECT id FROM concerned`;
};

const readPeople = async ({ sql }: Ctx, sourceId: string, personIds: RawBuilder<unknown> | null): Promise<Map<string, PersonRow>> => {
  const { rows } = await raw<PersonRow>`
    SELECT l.external_id AS "externalId", l.person_id AS "personId", p.name, l.hash, l.dn, l.missing_since IS NOT NULL AS "isMissing",
      p.deactivated_for IS NOT DISTINCT FROM 'DIRECTORY' AS "isDisabledBySync", p.state IN ('ACTIVE', 'ON_LEAVE') AS "isActive",
      m.external_id AS "managerId"
    FROM sync_link l JOIN person p ON p.id = l.person_id
      LEFT JOIN sync_link m ON m.person_id = p.manager_id AND m.source_id = l.source_id
    WHERE l.source_id = ${sourceId}::uuid AND l.target = 'PERSON'
      ${personIds ? raw`AND l.person_id IN (${personIds})` : raw``}`.execute(sql);
  const people = new Map<string, PersonRow>();
  await inTurns(rows, (row) => people.set(row.externalId, row));
  return people;
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

/** So many are asked for at once: a parameter of a hundred thousand names is written and sent in one go. */
const AT_ONCE = 5_000;

function* setsOf<Thing>(things: readonly Thing[]): Generator<readonly Thing[]> {
  for (let start = 0; start < things.length; start += AT_ONCE) yield things.slice(start, start + AT_ONCE);
}

type HolderRow = { readonly field: (typeof UNIQUE_FIELDS)[number]; readonly value: string; readonly personId: string };

/** Who has the names that these people shall have. */
export const readHolders = async ({ sql }: Ctx, wanted: readonly { readonly fields: PersonFields }[]): Promise<Map<string, string>> => {
  const holders = new Map<string, string>();
  for (const some of setsOf(wanted)) {
    const valuesOf = (field: (typeof UNIQUE_FIELDS)[number]) => [...new Set(some.flatMap(({ fields }) => fields[field] || []))];
    const [usernames, emails, numbers] = [valuesOf("username"), valuesOf("email"), valuesOf("employeeNo")];
    const { rows } = await raw<HolderRow>`
      SELECT 'username' AS field, username AS value, person_id AS "personId"
      FROM unnest(${usernames}::text[]) AS named(value) JOIN account ON username = value
      UNION ALL SELECT 'email', value, id FROM unnest(${emails}::text[]) AS named(value) JOIN person ON lower(email) = value
      UNION ALL SELECT 'employeeNo', value, id FROM unnest(${numbers}::text[]) AS named(value) JOIN person ON employee_no = value`.execute(
      sql,
    );
    for (const { field, value, personId } of rows) holders.set(claimOf(field, value), personId);
  }
  return holders;
};

type FieldsRow = { readonly personId: string } & Required<PersonFields>;

const readFields = async ({ sql }: Ctx, sourceId: string, personIds: readonly string[]): Promise<Map<string, PersonFields>> => {
  const known = new Map<string, PersonFields>();
  for (const some of setsOf(personIds)) {
    const { rows } = await raw<FieldsRow>`
    SELECT p.id AS "personId", a.username, p.name, p.name_en AS "nameEn", p.employee_no AS "employeeNo", lower(p.email) AS email, p.phone,
      p.mobile, r.name AS rank, o.name AS position, t.name AS title, dl.external_id AS department
    FROM person p LEFT JOIN account a ON a.person_id = p.id LEFT JOIN rank r ON r.id = p.rank_id LEFT JOIN position o ON o.id = p.position_id
      LEFT JOIN affiliation place ON place.person_id = p.id AND place.is_primary AND place.ends_on IS NULL
      LEFT JOIN title t ON t.id = place.title_id
      LEFT JOIN sync_link dl ON dl.department_id = place.department_id AND dl.source_id = ${sourceId}::uuid AND dl.target = 'DEPARTMENT'
    WHERE p.id = any(${some}::uuid[])`.execute(sql);
    for (const { personId, ...fields } of rows) known.set(personId, fields);
  }
  return known;
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

/** How many people of a source work here, and how many roles it has given. */
export const readTotals = async ({ sql }: Ctx, sourceId: string) => {
  const { rows } = await raw<{ activePeople: number; sourcedRoles: number }>`
    SELECT (SELECT count(*) FROM sync_link l JOIN person p ON p.id = l.person_id
        WHERE l.source_id = ${sourceId}::uuid AND p.state IN ('ACTIVE', 'ON_LEAVE'))::int AS "activePeople",
      (SELECT count(*) FROM role_assignment WHERE source_id = ${sourceId}::uuid)::int AS "sourcedRoles"`.execute(sql);
  return rows[0] ?? { activePeople: 0, sourcedRoles: 0 };
};

// Everybody where somebody may be missing or without a group; after a reading of changes alone, only those whom they concern.
const readPeopleFor = async (ctx: Ctx, sourceId: string, desired: Desired) => {
  if (desired.presentIds === null && desired.roles === null) {
    const holders = await readHolders(ctx, desired.people);
    return { people: await readPeople(ctx, sourceId, concerned(sourceId, desired, holders)), holders };
  }
  const people = await readPeople(ctx, sourceId, null);
  const changed: NormalPerson[] = [];
  await inTurns(desired.people, (person) => {
    if (people.get(person.externalId)?.hash !== hashOfPerson(person)) changed.push(person);
  });
  return { people, holders: await readHolders(ctx, changed) };
};

/** What Maru knows now of whom a source speaks. In detail only those who changed: an unchanged organisation costs one row for each of them. */
export const readCurrent = async (ctx: Ctx, sourceId: string, desired: Desired): Promise<Current> => {
  const { people, holders } = await readPeopleFor(ctx, sourceId, desired);
  const changedIds = new Set<string>();
  await inTurns(desired.people, (person) => {
    const link = people.get(person.externalId);
    if (link && link.hash !== hashOfPerson(person)) changedIds.add(link.personId);
  });
  for (const personId of holders.values()) changedIds.add(personId);
  const linked = [...people.values()].filter(({ personId }) => changedIds.has(personId));
  const fields = await readFields(
    ctx,
    sourceId,
    linked.map(({ personId }) => personId),
  );
  const named = await readNamed(ctx);
  return {
    people,
    departments: await readDepartments(ctx, sourceId),
    fields: new Map(linked.map(({ externalId, personId }) => [externalId, fields.get(personId) ?? {}])),
    holders,
    known: {
      rank: new Set(named.rank.keys()),
      position: new Set(named.position.keys()),
      title: new Set(named.title.keys()),
    },
    roles: desired.roles === null ? new Map() : await readRoles(ctx, sourceId),
  };
};
