import { describe, expect, it } from "vitest";
import {
  CODE_RULES,
  environmentInOnePlace,
  errorCodes,
  eventNames,
  fileLength,
  functionLength,
  jobNames,
  kebabCase,
  noBarrels,
  noDangerousSurface,
  noTypeEscapes,
  noVagueNames,
  type Rule,
  rightWord,
  thinPages,
} from "./rules";
import { CODE, type SourceFile, sourceFiles } from "./source-files";

const files = sourceFiles(CODE);

describe("the rules of the house", () => {
  it("are asked about the whole house", () => expect(files.length).toBeGreaterThan(150));
  it.each(CODE_RULES.map((rule) => [rule.name, rule] as const))("%s", (_name, rule) => expect(files.flatMap(rule.find)).toEqual([]));
});

const board = (role: string, text: string): SourceFile => ({ path: `packages/api/src/modules/board/${role}.ts`, text });
const lines = (count: number) => "const a = 1;\n".repeat(count);

// A rule that can't fail is no rule: each meets a breach that it must report, and a twin that it must let pass.
const BREACHES: readonly [Rule, SourceFile, SourceFile][] = [
  [fileLength, board("service", lines(401)), board("service", lines(400))],
  [functionLength, board("service", `const f = () => {\n${lines(69)}};`), board("service", `const f = () => {\n${lines(68)}};`)],
  [environmentInOnePlace, board("service", "process.env.PORT"), { path: "apps/web/src/env.ts", text: "process.env.PORT" }],
  [noBarrels, { path: "packages/ui/src/index.ts", text: "" }, { path: "packages/api/src/index.ts", text: "" }],
  [noVagueNames, { path: "apps/web/src/shell/utils.ts", text: "" }, { path: "apps/web/src/shell/frame.tsx", text: "" }],
  [
    kebabCase,
    { path: "apps/web/src/shell/AppFrame.tsx", text: "" },
    { path: "apps/web/src/app/(portal)/boards/[slug]/page.tsx", text: "" },
  ],
  [jobNames, board("jobs", `defineJob({ name: "files.fold", version: 1 })`), board("jobs", `defineJob({ name: "board.fold-counts" })`)],
  [eventNames, board("events", `defineEvent("postPublished", x)`), board("events", `defineEvent("board.post-published", x)`)],
  [errorCodes, board("contract", `defineErrors("files", {})`), board("contract", `defineErrors("board", {})`)],
  [thinPages, { path: "apps/web/src/app/page.tsx", text: lines(41) }, { path: "apps/web/src/app/page.tsx", text: lines(40) }],
  [
    noDangerousSurface,
    { path: "apps/web/src/app/act.ts", text: `"use server";` },
    { path: "apps/web/src/app/act.ts", text: `"use client";` },
  ],
  [noTypeEscapes, board("service", "const a = b as any;"), board("service", "const a = b as Post;")],
  [rightWord, board("service", "전자결제"), board("service", "전자결재")],
];

describe("the rules of the house, each shown a breach", () => {
  it("has a breach for every rule", () =>
    expect(BREACHES.map(([rule]) => rule.name).sort()).toEqual(CODE_RULES.map(({ name }) => name).sort()));
  it.each(BREACHES.map(([rule, breach, twin]) => [rule.name, rule, breach, twin] as const))("%s", (_name, rule, breach, twin) => {
    expect(rule.find(breach)).toHaveLength(1);
    expect(rule.find(twin)).toEqual([]);
  });
});
