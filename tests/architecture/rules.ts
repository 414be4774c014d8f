import ts from "typescript";
import type { SourceFile } from "./source-files";

/** A rule of the house: the breaches it finds in one file, a sentence each. Every rule is shown to fail on a deliberate breach. */
export type Rule = { readonly name: string; readonly find: (file: SourceFile) => string[] };

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 70;

const isTest = (path: string) => /\.(test|int\.test|prove\.test|spec)\.tsx?$/.test(path) || path.startsWith("tests/");

const parse = ({ path, text }: SourceFile) =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

const walk = (node: ts.Node, look: (node: ts.Node) => void): void => {
  look(node);
  ts.forEachChild(node, (child) => walk(child, look));
};

const lineOf = (source: ts.SourceFile, position: number) => source.getLineAndCharacterOfPosition(position).line + 1;

/** Strings that a call such as `defineJob({ name: "…" })` or `defineErrors("board", …)` is given. */
const calls = (source: ts.SourceFile, callee: string): ts.CallExpression[] => {
  const found: ts.CallExpression[] = [];
  walk(source, (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === callee) found.push(node);
  });
  return found;
};

const moduleOf = (path: string) => /^packages\/api\/src\/modules\/([^/]+)\//.exec(path)?.[1];

const literalName = (argument: ts.Expression | undefined): string | undefined => {
  if (!argument) return undefined;
  if (ts.isStringLiteral(argument)) return argument.text;
  if (!ts.isObjectLiteralExpression(argument)) return undefined;
  const property = argument.properties.find((entry) => entry.name && ts.isIdentifier(entry.name) && entry.name.text === "name");
  return property && ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer) ? property.initializer.text : undefined;
};

const namedAfterModule = (callee: string, shape: (module: string) => RegExp, words: string): Rule => ({
  name: `${callee}: ${words}`,
  find: (file) => {
    const module = moduleOf(file.path);
    if (!module || isTest(file.path)) return [];
    return calls(parse(file), callee).flatMap((call) => {
      const name = literalName(call.arguments[0]);
      return name && shape(module).test(name) ? [] : [`${file.path}: ${name ?? "a name that is no literal"}`];
    });
  },
});

export const fileLength: Rule = {
  name: `no file above ${MAX_FILE_LINES} lines`,
  find: ({ path, text }) => {
    const lines = text.split("\n").length - 1;
    return lines > MAX_FILE_LINES ? [`${path}: ${lines} lines`] : [];
  },
};

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node);

export const functionLength: Rule = {
  name: `no function above ${MAX_FUNCTION_LINES} lines`,
  find: (file) => {
    // A describe block is a chapter of a test, not a function that somebody calls.
    if (isTest(file.path)) return [];
    const source = parse(file);
    const found: string[] = [];
    walk(source, (node) => {
      if (!isFunction(node)) return;
      const first = lineOf(source, node.getStart(source));
      const lines = lineOf(source, node.end) - first + 1;
      if (lines > MAX_FUNCTION_LINES) found.push(`${file.path}:${first}: ${lines} lines`);
    });
    return found;
  },
};

export const environmentInOnePlace: Rule = {
  name: "process.env is read in an env.ts only",
  find: ({ path, text }) => {
    const mayRead =
      path.endsWith("/env.ts") ||
      path.startsWith("scripts/") ||
      /(^|\/)scripts\//.test(path) ||
      isTest(path) ||
      /\.config\.(ts|mjs|cjs)$/.test(path);
    const isSetUp =
      /^(bench|apps\/web\/e2e)\//.test(path) || path.startsWith("packages/db/src/testing/") || path.startsWith("packages/api/src/testing/");
    return !mayRead && !isSetUp && /\bprocess\.env\b/.test(text) ? [`${path}: process.env`] : [];
  },
};

export const noBarrels: Rule = {
  name: "no index.ts besides the api root",
  find: ({ path }) => (/(^|\/)index\.tsx?$/.test(path) && path !== "packages/api/src/index.ts" ? [`${path}: a barrel`] : []),
};

export const noVagueNames: Rule = {
  name: "no file or folder named utils, helpers or common",
  find: ({ path }) => (/(^|\/)(utils?|helpers?|common)(\/|\.[a-z.]+$)/.test(path) ? [`${path}: a name that says nothing`] : []),
};

export const kebabCase: Rule = {
  name: "files and folders are kebab-case",
  find: ({ path }) =>
    path
      .split("/")
      // Next.js owns the spelling of its route folders and special files.
      .every((part) => /^[a-z0-9.-]+$/.test(part) || /^[[(@_]/.test(part))
      ? []
      : [`${path}: not kebab-case`],
};

export const jobNames = namedAfterModule("defineJob", (module) => new RegExp(`^${module}\\.[a-z]+(-[a-z]+)*$`), "<module>.<kebab-verb>");
export const eventNames = namedAfterModule(
  "defineEvent",
  (module) => new RegExp(`^${module}\\.[a-z]+(-[a-z]+)*$`),
  "<module>.<kebab-past>",
);
export const errorCodes = namedAfterModule("defineErrors", (module) => new RegExp(`^${module}$`), "prefixed by their module");

export const thinPages: Rule = {
  name: "a page.tsx has at most 40 lines",
  find: ({ path, text }) => {
    const lines = text.split("\n").length - 1;
    return /^apps\/web\/src\/app\/.*page\.tsx$/.test(path) && lines > 40 ? [`${path}: ${lines} lines`] : [];
  },
};

export const noDangerousSurface: Rule = {
  name: "no Server Actions, next/og, next/image optimizer or HTML strings",
  find: ({ path, text }) =>
    path.startsWith("apps/web/src/") && /^\s*["']use server["']|from ["']next\/og["']|dangerouslySetInnerHTML/m.test(text)
      ? [`${path}: less surface (security.md §1)`]
      : [],
};

export const noTypeEscapes: Rule = {
  name: "no as any, @ts-ignore or @ts-nocheck",
  find: (file) => {
    if (file.path.startsWith("tests/architecture/")) return [];
    const found = /^\s*(\/\/|\/\*|\{\/\*)\s*@ts-(ignore|nocheck)/m.test(file.text) ? [`${file.path}: a silenced compiler`] : [];
    walk(parse(file), (node) => {
      if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) found.push(`${file.path}: as any`);
    });
    return found;
  },
};

export const rightWord: Rule = {
  name: "결재 is an approval; 결제 would be a payment",
  find: ({ path, text }) => (/전자\s?결제|결제선|결제함/.test(text) && !path.startsWith("tests/architecture/") ? [`${path}: 결제`] : []),
};

export const CODE_RULES: readonly Rule[] = [
  fileLength,
  functionLength,
  environmentInOnePlace,
  noBarrels,
  noVagueNames,
  kebabCase,
  jobNames,
  eventNames,
  errorCodes,
  thinPages,
  noDangerousSurface,
  noTypeEscapes,
  rightWord,
];
