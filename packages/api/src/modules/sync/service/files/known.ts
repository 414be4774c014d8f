import { sql as raw } from "kysely";
import type { Ctx } from "../../../../tools";
import type { LinkedPerson, PersonFields } from "../../desired";
import type { KnownDepartment } from "../../files/departments";

/** Somebody of Maru as files know her: by her employee number, without a link. */
export type KnownPerson = LinkedPerson & {
  readonly employeeNo: string;
  /** A directory says who she is: no file does. */
  readonly isOfDirectory: boolean;
  readonly departmentId: string | null;
  readonly fields: PersonFields;
};

type Row = Omit<KnownPerson, "fields"> & Required<Omit<PersonFields, "username" | "department">>;

/** The people of these employee numbers, or of these ids, with everything that a file may say of them. */
export const readKnown = async (
  { sql }: Ctx,
  by: { readonly numbers: readonly string[] } | { readonly personIds: readonly string[] },
): Promise<KnownPerson[]> => {
  const condition = "numbers" in by ? raw`p.employee_no = any(${[...by.numbers]}::text[])` : raw`p.id = any(${[...by.personIds]}::uuid[])`;
  const { rows } = await raw<Row>`
    SELECT p.id AS "personId", coalesce(p.employee_no, '') AS "employeeNo", p.name, p.name_en AS "nameEn", lower(p.email) AS email, p.phone,
      p.mobile, r.name AS rank, o.name AS position, t.name AS title, place.department_id AS "departmentId", m.employee_no AS "managerId",
      p.state IN ('ACTIVE', 'ON_LEAVE') AS "isActive", p.deactivated_for IS NOT DISTINCT FROM 'DIRECTORY' AS "isDisabledBySync",
      EXISTS (SELECT 1 FROM sync_link l WHERE l.person_id = p.id) AS "isOfDirectory",
      '' AS hash, coalesce(p.employee_no, '') AS dn, false AS "isMissing"
    FROM person p LEFT JOIN rank r ON r.id = p.rank_id LEFT JOIN position o ON o.id = p.position_id LEFT JOIN person m ON m.id = p.manager_id
      LEFT JOIN affiliation place ON place.person_id = p.id AND place.is_primary AND place.ends_on IS NULL
      LEFT JOIN title t ON t.id = place.title_id
    WHERE ${condition}`.execute(sql);
  return rows.map((row) => {
    const { employeeNo, name, nameEn, email, phone, mobile, rank, position, title, departmentId } = row;
    return { ...row, fields: { employeeNo, name, nameEn, email, phone, mobile, rank, position, title, department: departmentId } };
  });
};

/** Every department, also those that are closed: somebody may still stand in one. */
export const readDepartmentNames = async ({ sql }: Ctx): Promise<readonly KnownDepartment[]> =>
  (await raw<KnownDepartment>`SELECT id, name, code, path FROM department ORDER BY path`.execute(sql)).rows;
