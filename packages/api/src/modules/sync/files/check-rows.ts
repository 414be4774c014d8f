import { parseMailAddress } from "@maru/platform/mail/address";
import { isStorable } from "@maru/platform/rich-text";
import type { TableRow } from "@maru/platform/tables";
import type { FileField } from "../contract/files";
import { type Item, itemOf, type NormalPerson } from "../desired";

/** What a file is held against. */
export type Roster = {
  readonly findDepartment: (text: string) => string | "ambiguous" | undefined;
  readonly named: Readonly<Record<"rank" | "position" | "title", ReadonlySet<string> | ReadonlyMap<string, string>>>;
  /** Everybody of Maru of whom the file speaks, by employee number, and where she works. */
  readonly standing: ReadonlyMap<string, { readonly personId: string; readonly departmentId: string | null }>;
};

/** The rows of a file: people as the engine knows them, and rows that can't be taken in. */
export type Checked = { readonly people: readonly NormalPerson[]; readonly refused: readonly Item[] };

type Cells = Partial<Record<FileField, string>>;

const LENGTHS: Readonly<Partial<Record<FileField, number>>> = { employeeNo: 40, name: 60, nameEn: 60, email: 200, phone: 40, mobile: 40 };
const NAMED = ["rank", "position", "title"] as const;

const cellsOf = (row: TableRow, fields: readonly (FileField | null)[]): Cells =>
  Object.fromEntries(fields.flatMap((field, at) => (field ? [[field, (row.cells[at] ?? "").replace(/\s+/gu, " ")]] : [])));

/** The employee numbers that a file names, as people or as their managers. */
export const numbersOf = (rows: readonly TableRow[], fields: readonly (FileField | null)[]): string[] => [
  ...new Set(
    rows.flatMap((row) => {
      const { employeeNo, manager } = cellsOf(row, fields);
      return [employeeNo, manager].filter((number) => number !== undefined && number !== "") as string[];
    }),
  ),
];

type Checking = { readonly roster: Roster; readonly inFile: ReadonlySet<string> };
type Check = (cells: Cells, checking: Checking) => string | false | undefined;

const isTooLong = (cells: Cells): string | undefined => {
  const field = (Object.keys(cells) as FileField[]).find((one) => (cells[one]?.length ?? 0) > (LENGTHS[one] ?? 200));
  return field && `${field}.tooLong`;
};
const isNoText = (cells: Cells): string | undefined => {
  const field = (Object.keys(cells) as FileField[]).find((one) => !isStorable(cells[one] ?? ""));
  return field && `${field}.notText`;
};
const unknownName =
  (field: (typeof NAMED)[number]): Check =>
  (cells, { roster }) =>
    cells[field] && !roster.named[field].has(cells[field]) && `${field}.unknown`;

const wrongDepartment: Check = ({ department }, { roster }) => {
  const found = department ? roster.findDepartment(department) : "";
  return found === undefined ? "department.unknown" : found === "ambiguous" && "department.ambiguous";
};

// A duty belongs to a place: where the file names none, it is the one that she has.
const placeless: Check = ({ employeeNo = "", department, title }, { roster }) =>
  title && !department && !roster.standing.get(employeeNo)?.departmentId && "title.noDepartment";

const wrongManager: Check = ({ employeeNo, manager }, { roster, inFile }) => {
  if (!manager) return false;
  if (manager === employeeNo) return "manager.self";
  return !inFile.has(manager) && !roster.standing.has(manager) && "manager.unknown";
};

const CHECKS: readonly Check[] = [
  ({ employeeNo }) => !employeeNo && "employeeNo.missing",
  ({ employeeNo = "", name }, { roster }) => (name === "" || (name === undefined && !roster.standing.has(employeeNo))) && "name.missing",
  isTooLong,
  isNoText,
  ({ email }) => email && parseMailAddress(email) === null && "email.invalid",
  ...NAMED.map(unknownName),
  wrongDepartment,
  placeless,
  wrongManager,
];

const personOf = (cells: Cells, { findDepartment, standing }: Roster): NormalPerson => {
  const { employeeNo = "", department, manager, ...others } = cells;
  const fields: Record<string, string | null> = { employeeNo };
  for (const [field, text] of Object.entries(others)) fields[field] = text === "" ? null : text;
  if (fields.email) fields.email = fields.email.normalize("NFKC").toLowerCase();
  const departmentId = department ? findDepartment(department) : standing.get(employeeNo)?.departmentId;
  if (departmentId && (department || "title" in fields)) fields.department = departmentId;
  // Without a place there is no duty to take away either.
  else delete fields.title;
  const managerDn = manager === undefined ? {} : { managerDn: manager === "" ? null : manager };
  return { externalId: employeeNo, dn: employeeNo, fields, isDisabled: false, expiresAt: null, ...managerDn };
};

const refusedOf = ({ number }: TableRow, cells: Cells, problems: readonly string[], { standing }: Roster): Item => {
  const { employeeNo = "", name = "" } = cells;
  const wrong = problems.map((problem) => problem.split(".")[0] as FileField);
  const personId = standing.get(employeeNo)?.personId ?? null;
  return itemOf({
    target: "PERSON",
    action: personId ? "UPDATE" : "CREATE",
    externalId: employeeNo || `#${number}`,
    label: (name || employeeNo || `#${number}`).slice(0, 200),
    personId,
    after: Object.fromEntries(wrong.map((field) => [field, (cells[field] ?? "").slice(0, 200)])),
    status: "CONFLICT",
    error: problems.join(" "),
    dn: String(number),
  });
};

/**
 * Makes people of the rows behind the first one. An empty cell of a column that is read empties the field, besides the department: nobody is
 * without one because a file does not say it. A row with anything wrong in it is refused whole, with every cell that is wrong.
 */
export const checkRows = (
  rows: readonly TableRow[],
  fields: readonly (FileField | null)[],
  roster: Roster,
): Checked & { readonly rowOf: ReadonlyMap<string, number> } => {
  const read = rows.map((row) => ({ row, cells: cellsOf(row, fields) }));
  const inFile = new Set(read.flatMap(({ cells }) => cells.employeeNo || []));
  const people: NormalPerson[] = [];
  const refused: Item[] = [];
  const rowOf = new Map<string, number>();
  for (const { row, cells } of read) {
    const { employeeNo = "" } = cells;
    const problems = CHECKS.flatMap((check) => check(cells, { roster, inFile }) || []);
    if (rowOf.has(employeeNo)) problems.push("employeeNo.twice");
    if (employeeNo !== "" && !rowOf.has(employeeNo)) rowOf.set(employeeNo, row.number);
    if (problems.length > 0) refused.push(refusedOf(row, cells, problems, roster));
    else people.push(personOf(cells, roster));
  }
  return { people, refused, rowOf };
};
