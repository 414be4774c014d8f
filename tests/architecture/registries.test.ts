import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { appRouter } from "@maru/api";
import { jobs } from "@maru/api/modules";
import { PERMISSIONS } from "@maru/api/permissions";
import { handlers } from "@maru/api/reactions";
import { describe, expect, it } from "vitest";
import { findUndeclared, type ProcedureMeta, proceduresOf } from "./procedures";
import { repositoryRoot, sourceFiles } from "./source-files";

const modulesFolder = join(repositoryRoot, "packages/api/src/modules");
const modules = readdirSync(modulesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const text = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");
const has = (module: string, role: string) => sourceFiles(new RegExp(`^packages/api/src/modules/${module}/${role}\\.ts$`)).length === 1;

/** The registries in which a module must stand, given which role files it has. */
const missingFrom = (
  module: string,
  registries: Record<"root" | "modules" | "permissions" | "reactions", string>,
  roles: (role: string) => boolean,
) => {
  const importsOf = (registry: string, role: string) =>
    registry.includes(`"./modules/${module}/${role}"`) || registry.includes(`"../modules/${module}/${role}"`);
  return [
    ...(roles("router") && !importsOf(registries.root, "router") ? [`${module}: trpc/root.ts`] : []),
    ...(roles("jobs") && !importsOf(registries.modules, "jobs") ? [`${module}: modules.ts (jobs)`] : []),
    ...(roles("access") && !importsOf(registries.modules, "access") ? [`${module}: modules.ts (subjects)`] : []),
    ...(roles("contract") && !importsOf(registries.permissions, "contract") ? [`${module}: permissions.ts`] : []),
    ...(roles("handlers") && !importsOf(registries.reactions, "handlers") ? [`${module}: reactions.ts (handlers)`] : []),
    ...(roles("subscriptions") && !importsOf(registries.reactions, "subscriptions") ? [`${module}: reactions.ts (subscriptions)`] : []),
  ];
};

describe("registries", () => {
  const registries = {
    root: text("packages/api/src/trpc/root.ts"),
    modules: text("packages/api/src/modules.ts"),
    permissions: text("packages/api/src/permissions.ts"),
    reactions: text("packages/api/src/reactions.ts"),
  };

  it("name every module", () => {
    expect(modules.length).toBeGreaterThanOrEqual(5);
    expect(modules.flatMap((module) => missingFrom(module, registries, (role) => has(module, role)))).toEqual([]);
  });

  it("are shown to miss a module that nobody registered", () => {
    expect(missingFrom("nobody", registries, () => true)).toHaveLength(6);
  });

  it("give every job exactly one handler under its own name", () => {
    const names = Object.values(jobs).map((job) => job.name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(handlers).sort()).toEqual([...names].sort());
    for (const [name, handler] of Object.entries(handlers)) expect(handler.job.name).toBe(name);
  });

  it("hold each permission once", () => expect(new Set(PERMISSIONS).size).toBe(PERMISSIONS.length));
});

describe("procedures", () => {
  const procedures = proceduresOf(appRouter);

  it("declare who may call them", () => {
    expect(procedures.size).toBeGreaterThan(25);
    expect(findUndeclared(procedures, PERMISSIONS)).toEqual([]);
  });

  it("are shown to be missed without a declaration", () => {
    const breach = new Map<string, ProcedureMeta>([
      ["board.forgotten", { access: undefined, hasInput: true, hasOutput: true }],
      ["board.unknown", { access: "board.nope", hasInput: true, hasOutput: true }],
    ]);
    expect(findUndeclared(breach, PERMISSIONS)).toEqual(["board.forgotten", "board.unknown"]);
  });

  // Each of them widens what one person may write in a minute, so a further one is a decision.
  it("are called in the background where that stands here, and nowhere else", () => {
    const background = [...procedures].filter(([, { isBackground }]) => isBackground);
    expect(background.map(([path]) => path).sort()).toEqual([
      "board.discardDraft",
      "board.markPostRead",
      "board.saveDraft",
      "directory.noteSeen",
      "notification.markRead",
      "notification.markSeen",
    ]);
    expect(background.map(([, { type }]) => type)).toEqual(background.map(() => "mutation"));
  });

  it("declare their output, an allow-list of what leaves", () => {
    expect([...procedures].filter(([, { hasOutput }]) => !hasOutput).map(([path]) => path)).toEqual([]);
  });
});

describe("decision records", () => {
  const records = sourceFiles(/^docs\/adr\/\d{4}-.*\.md$/);
  const withoutStatus = (files: { path: string; text: string }[]) =>
    files.filter(({ text: body }) => !/^Status: (proposed|accepted|superseded by \d{4})/m.test(body)).map(({ path }) => path);

  it("have a status", () => {
    expect(records.length).toBeGreaterThanOrEqual(8);
    expect(withoutStatus(records)).toEqual([]);
  });
  it("are shown to fail without one", () =>
    expect(withoutStatus([{ path: "docs/adr/9999-x.md", text: "# X" }])).toEqual(["docs/adr/9999-x.md"]));
  it("are numbered without gaps", () =>
    expect(records.map(({ path }) => Number(path.slice(9, 13))).sort((a, b) => a - b)).toEqual(records.map((_, index) => index + 1)));
});
