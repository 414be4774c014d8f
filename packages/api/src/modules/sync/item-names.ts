import { sql as raw } from "kysely";
import type { Ctx } from "../../tools";
import type { ItemView } from "./contract";

type Values = ItemView["before"];
type Named = { readonly before: Values; readonly after: Values };
/** Beside which values a name is put, and under what. */
const NAMES: Readonly<Record<string, string>> = { manager: "managerName", parent: "parentName", department: "departmentName" };

const idsOf = (values: Values): string[] =>
  Object.entries(NAMES).flatMap(([field, name]) => (values && !(name in values) && values[field] ? [values[field]] : []));

/** What Maru calls whom these ids mean: outside ids of the source, employee numbers of a file, and departments of Maru. */
const readNames = async ({ sql }: Pick<Ctx, "sql">, sourceId: string, ids: readonly string[]): Promise<Map<string, string>> => {
  const wanted = raw`any(${[...ids]}::text[])`;
  const { rows } = await raw<{ id: string; name: string }>`
    SELECT l.external_id AS id, coalesce(p.name, d.name) AS name FROM sync_link l
      LEFT JOIN person p ON p.id = l.person_id LEFT JOIN department d ON d.id = l.department_id
    WHERE l.source_id = ${sourceId}::uuid AND l.target IN ('PERSON', 'DEPARTMENT') AND l.external_id = ${wanted}
    UNION ALL SELECT employee_no, name FROM person
    WHERE employee_no = ${wanted} AND EXISTS (SELECT 1 FROM sync_source WHERE id = ${sourceId}::uuid AND kind = 'FILE')
    UNION ALL SELECT id::text, name FROM department WHERE id::text = ${wanted}`.execute(sql);
  return new Map(rows.map(({ id, name }) => [id, name]));
};

// Whom a run would take in has no link yet: what the run calls her is her name.
const readLabels = async ({ sql }: Pick<Ctx, "sql">, runId: string, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await raw<{ id: string; name: string }>`
    SELECT external_id AS id, label AS name FROM sync_run_item
    WHERE run_id = ${runId}::uuid AND target IN ('PERSON', 'DEPARTMENT') AND external_id = any(${[...ids]}::text[])`.execute(sql);
  return new Map(rows.map(({ id, name }) => [id, name]));
};

/** Puts names beside the ids of managers and departments, for whoever reads what items change; an id that nobody knows is told as it is. */
export const withNames = async <Item extends Named>(
  ctx: Pick<Ctx, "sql">,
  run: { readonly id: string; readonly sourceId: string },
  items: readonly Item[],
): Promise<Item[]> => {
  const ids = [...new Set(items.flatMap(({ before, after }) => [...idsOf(before), ...idsOf(after)]))];
  if (ids.length === 0) return [...items];
  const known = await readNames(ctx, run.sourceId, ids);
  const labels = await readLabels(
    ctx,
    run.id,
    ids.filter((id) => !known.has(id)),
  );
  const named = (values: Values): Values => {
    if (values === null) return null;
    const added = Object.entries(NAMES).flatMap(([field, name]): [string, string | null][] => {
      const id = values[field];
      if (id === undefined || name in values) return [];
      return [[name, id === null ? null : (known.get(id) ?? labels.get(id) ?? id)]];
    });
    return { ...values, ...Object.fromEntries(added) };
  };
  return items.map((item) => ({ ...item, before: named(item.before), after: named(item.after) }));
};
