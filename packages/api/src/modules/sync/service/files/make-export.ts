import { csvOf, xlsxOf } from "@maru/platform/tables/write-tables";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../../tools";
import { keepMadeFile } from "../../../files/service";
import { type ExportFilter, FILE_FIELDS, type FileField, PEOPLE_EXPORT_KEPT_MS } from "../../contract";
import { peopleExported } from "../../events";
import { labelsOf } from "../../files/departments";
import { headersOf } from "../../files/headers";
import { EXPORT_SUBJECT } from "../../files/subjects";
import { officeDay } from "../../timing";
import { readDepartmentNames, readKnown } from "./known";

const AT_ONCE = 1_000;
const MEDIA_TYPES = { CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" } as const;

// By number and then by id, for a file that reads well; the whole list is some megabytes at most.
const listIds = async ({ sql }: Ctx, { departmentId, q }: ExportFilter): Promise<string[]> => {
  const below = departmentId
    ? raw`AND EXISTS (SELECT 1 FROM affiliation a JOIN department d ON d.id = a.department_id
        WHERE a.person_id = p.id AND a.ends_on IS NULL AND ${departmentId} = any(string_to_array(d.path, '/')))`
    : raw``;
  const start = q ? `${q.replace(/[\\%_]/gu, "\\$&")}%` : "";
  const named = q ? raw`AND (p.name ILIKE ${start} OR p.employee_no ILIKE ${start})` : raw``;
  const { rows } = await raw<{ id: string }>`
    SELECT p.id FROM person p WHERE p.state IN ('ACTIVE', 'ON_LEAVE') ${below} ${named} ORDER BY p.employee_no NULLS LAST, p.id`.execute(
    sql,
  );
  return rows.map(({ id }) => id);
};

/** The people of a file, a row each, behind the names of the columns; `passed` is told how many there were so far. */
export async function* peopleRows(
  ctx: Ctx,
  ids: readonly string[],
  passed: (count: number) => Promise<void>,
): AsyncGenerator<readonly string[]> {
  const labels = labelsOf(await readDepartmentNames(ctx));
  yield headersOf(FILE_FIELDS);
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const personIds = ids.slice(start, start + AT_ONCE);
    const people = new Map((await readKnown(ctx, { personIds })).map((person) => [person.personId, person]));
    for (const id of personIds) {
      const person = people.get(id);
      if (!person) continue;
      const cells: Partial<Record<FileField, string | null>> = {
        ...person.fields,
        department: person.departmentId && (labels.get(person.departmentId) ?? null),
        manager: person.managerId,
      };
      yield FILE_FIELDS.map((field) => cells[field] ?? "");
    }
    await passed(start + personIds.length);
  }
}

/** Makes the file that somebody has asked for. A worker that is killed leaves nothing of it, and the next one begins anew. */
export const makePeopleExport = async (ctx: Ctx, { exportId: id }: { exportId: string }, signal: AbortSignal): Promise<void> => {
  const row = await ctx.db.syncExport.findUnique({ where: { id } });
  if (row?.state !== "PENDING") return;
  const ids = await listIds(ctx, row.filter as ExportFilter);
  await ctx.db.syncExport.update({ where: { id }, data: { total: ids.length, done: 0 } });
  const passed = async (done: number): Promise<void> => {
    signal.throwIfAborted();
    await ctx.db.syncExport.update({ where: { id }, data: { done } });
  };
  const rows = peopleRows(ctx, ids, passed);
  const stream = row.format === "CSV" ? csvOf(rows) : xlsxOf(rows);
  const name = `maru-people-${officeDay(ctx.now())}.${row.format.toLowerCase()}`;
  const file = { name, mediaType: MEDIA_TYPES[row.format], subjectType: EXPORT_SUBJECT, subjectId: id, stream };
  await keepMadeFile(ctx, file, async (tx, { fileId, sizeBytes }) => {
    const now = tx.now();
    const { count } = await tx.db.syncExport.updateMany({
      where: { id, state: "PENDING" },
      data: { state: "READY", fileId, sizeBytes, finishedAt: now, expiresAt: new Date(now.getTime() + PEOPLE_EXPORT_KEPT_MS) },
    });
    // It was given up meanwhile: then nothing of this file is kept.
    if (count === 0) throw new Error("nobody waits for this export any more");
    tx.record({ action: "sync.export.finish", subjectType: EXPORT_SUBJECT, subjectId: id, details: { sizeBytes, count: ids.length } });
    tx.emit(peopleExported, { exportId: id, personId: row.requestedById });
  });
};
