import ts from "typescript";
import type { SourceFile } from "./source-files";

/** Whose a table is: the schema file that it stands in. `tableOf` knows it by Prisma's name for it. */
export type Schema = { readonly ownerOf: ReadonlyMap<string, string>; readonly tableOf: ReadonlyMap<string, string> };

export const readSchema = (files: readonly SourceFile[]): Schema => {
  const models = files.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:model|view) (\w)(\w*) \{[\s\S]*?@@map\("(\w+)"\)/gm)].map(([, first = "", rest = "", table = ""]) => ({
      owner: path.replace(/^.*\/|\.prisma$/g, ""),
      model: first.toLowerCase() + rest,
      table,
    })),
  );
  return {
    ownerOf: new Map(models.map(({ table, owner }) => [table, owner])),
    tableOf: new Map(models.map(({ model, table }) => [model, table])),
  };
};

const IN_SQL = /\b(?:from|join|into|update)\s+"?(\w+)/gi;
const OF_KYSELY = /^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|\w*[jJ]oin)$/;
const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

/** What may be a table's name in this node: written in SQL, given to Kysely, or asked of Prisma. */
const namesAt = (node: ts.Node, { tableOf }: Schema): (string | undefined)[] => {
  if (isText(node)) return [...node.text.matchAll(IN_SQL)].map(([, name]) => name);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && OF_KYSELY.test(node.expression.name.text))
    return node.arguments.slice(0, 1).map((table) => (ts.isStringLiteralLike(table) ? table.text.split(" ")[0] : undefined));
  if (ts.isPropertyAccessExpression(node) && /(^|\.)(db|prisma)$/.test(node.expression.getText())) return [tableOf.get(node.name.text)];
  return [];
};

/** The tables of others that each module reads or writes. Their owner's service is the door; what stands here goes around it. */
export const foreignTables = (files: readonly SourceFile[], schema: Schema): Record<string, string[]> => {
  const found: Record<string, string[]> = {};
  for (const { path, text } of files) {
    const module = /^packages\/api\/src\/modules\/([^/]+)\//.exec(path)?.[1] ?? path;
    const look = (node: ts.Node): void => {
      for (const name of namesAt(node, schema)) {
        const owner = name && schema.ownerOf.get(name);
        if (name && owner && owner !== module) found[module] = [...new Set([...(found[module] ?? []), name])].sort();
      }
      ts.forEachChild(node, look);
    };
    look(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  }
  return found;
};
