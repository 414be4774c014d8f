import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlopTypes } from "@turbo/gen";

const API = "packages/api/src/modules/{{kebabCase noun}}";
const WEB = "apps/web/src/features/{{kebabCase noun}}";

const FILES: Readonly<Record<string, string>> = {
  "module/db/schema.prisma.hbs": "packages/db/prisma/schema/{{kebabCase noun}}.prisma",
  "module/db/migration.sql.hbs": "packages/db/prisma/migrations/{{stamp}}_{{snakeCase noun}}/migration.sql",
  "module/db/factory.ts.hbs": "packages/db/src/testing/factories/{{kebabCase noun}}.ts",
  ...Object.fromEntries(
    ["contract", "events", "policy", "policy.test", "queries", "service", "access", "personal-data", "router"].map((role) => [
      `module/api/${role}.ts.hbs`,
      `${API}/${role}.ts`,
    ]),
  ),
  "module/api/int-test.ts.hbs": `${API}/{{kebabCase noun}}.int.test.ts`,
  "module/web/page.tsx.hbs": "apps/web/src/app/(portal)/{{kebabCase noun}}s/page.tsx",
  "module/web/screen.tsx.hbs": `${WEB}/screens/{{kebabCase noun}}s-screen.tsx`,
  "module/web/nav.ts.hbs": `${WEB}/nav.ts`,
  "module/web/ko.json.hbs": `${WEB}/messages/ko.json`,
  "module/web/en.json.hbs": `${WEB}/messages/en.json`,
};

type Edit = { readonly path: string; readonly importLine: string; readonly into: RegExp; readonly entry: string };

// The four standing files that a module is written into (house rule: one-line edits, and an import each).
const EDITS: readonly Edit[] = [
  {
    path: "packages/api/src/trpc/root.ts",
    importLine: `import { {{camelCase noun}}Router } from "../modules/{{kebabCase noun}}/router";`,
    into: /(router\(\{\n)/,
    entry: "  {{camelCase noun}}: {{camelCase noun}}Router,\n",
  },
  {
    path: "packages/api/src/modules.ts",
    importLine: `import { subjects as {{camelCase noun}}Subjects } from "./modules/{{kebabCase noun}}/access";`,
    into: /(subjects: Subjects = \{ ?\n?)/,
    entry: "...{{camelCase noun}}Subjects, ",
  },
  {
    path: "packages/api/src/modules.ts",
    importLine: `import { personalData as {{camelCase noun}}Data } from "./modules/{{kebabCase noun}}/personal-data";`,
    into: /(personalData: readonly PersonalData\[\] = \[\n)/,
    entry: "  {{camelCase noun}}Data,\n",
  },
  {
    path: "packages/api/src/permissions.ts",
    importLine: `import { {{camelCase noun}}Permissions } from "./modules/{{kebabCase noun}}/contract";`,
    into: /(PERMISSIONS = \[\n)/,
    entry: "  ...{{camelCase noun}}Permissions,\n",
  },
  {
    path: "apps/web/src/features/registry.ts",
    importLine: `import { {{camelCase noun}} } from "./{{kebabCase noun}}/nav";`,
    into: /(readonly Feature\[\] = \[)/,
    entry: "{{camelCase noun}}, ",
  },
];

/** Adds an import behind the last one and an entry at the head of the list; a file that no longer has the list is a fault, not a no-op. */
const edit = (plop: PlopTypes.NodePlopAPI, { path, importLine, into, entry }: Edit): PlopTypes.ActionType => ({
  type: "modify",
  path: `{{ turbo.paths.root }}/${path}`,
  transform: (text: string, answers: object) => {
    if (!into.test(text)) throw new Error(`${path} has no list to add to`);
    const render = (template: string) => plop.renderString(template, answers);
    const withEntry = text.replace(into, (head) => head + render(entry));
    return withEntry.replace(/((?:^import [^\n]*\n)+)/m, (imports) => `${imports}${render(importLine)}\n`);
  },
});

const stamp = () => new Date().toISOString().replace(/\D/g, "").slice(0, 14);

const askName = (name: string, message: string) => ({
  type: "input" as const,
  name,
  message,
  validate: (value: string) => /^[a-z][a-z]*(-[a-z]+)*$/.test(value) || "lower case letters and hyphens, such as meeting-room",
});

/** `npm run gen -- module <noun>`: a module with its table, factory, procedures, tests, screen and messages. */
const moduleGenerator = (plop: PlopTypes.NodePlopAPI) =>
  plop.setGenerator("module", {
    description: "a feature module: table, domain, procedures, tests, screen",
    prompts: [askName("noun", "The noun of the module, singular (meeting-room)")],
    actions: (answers) => {
      Object.assign(answers ?? {}, { stamp: stamp() });
      const files = Object.entries(FILES).map(([template, path]) => ({
        type: "add",
        path: `{{ turbo.paths.root }}/${path}`,
        templateFile: `templates/${template}`,
      }));
      return [...files, ...EDITS.map((one) => edit(plop, one))] as PlopTypes.ActionType[];
    },
  });

const has = (root: string, path: string): boolean => {
  try {
    readFileSync(join(root, path));
    return true;
  } catch {
    return false;
  }
};

/** `npm run gen -- job <module> <verb>`: a definition, a handler and a test in the module's own files. */
const jobGenerator = (plop: PlopTypes.NodePlopAPI) =>
  plop.setGenerator("job", {
    description: "a background job of a module that has none yet",
    prompts: [askName("noun", "The module"), askName("verb", "What the job does, imperative (send-reminder)")],
    actions: (answers) => {
      const { noun, turbo } = answers as { noun: string; turbo: { paths: { root: string } } };
      if (has(turbo.paths.root, `packages/api/src/modules/${noun}/jobs.ts`)) {
        throw new Error(`${noun} has jobs: add the definition to jobs.ts and the handler to handlers.ts (CONTRIBUTING, "a job")`);
      }
      const root = "{{ turbo.paths.root }}";
      return [
        { type: "add", path: `${root}/${API}/jobs.ts`, templateFile: "templates/job/jobs.ts.hbs" },
        { type: "add", path: `${root}/${API}/handlers.ts`, templateFile: "templates/job/handlers.ts.hbs" },
        { type: "add", path: `${root}/${API}/handlers.int.test.ts`, templateFile: "templates/job/handlers.int-test.ts.hbs" },
        edit(plop, {
          path: "packages/api/src/modules.ts",
          importLine: `import { jobs as {{camelCase noun}}Jobs } from "./modules/{{kebabCase noun}}/jobs";`,
          into: /(jobs = \{ ?\n?)/,
          entry: "...{{camelCase noun}}Jobs, ",
        }),
        edit(plop, {
          path: "packages/api/src/reactions.ts",
          importLine: `import { handlers as {{camelCase noun}}Handlers } from "./modules/{{kebabCase noun}}/handlers";`,
          into: /(handlers = \{ ?\n?)/,
          entry: "...{{camelCase noun}}Handlers, ",
        }),
      ] as PlopTypes.ActionType[];
    },
  });

export default function generators(plop: PlopTypes.NodePlopAPI): void {
  moduleGenerator(plop);
  jobGenerator(plop);
}
