import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isAppError } from "@maru/platform/errors";
import { describe, expect, it } from "vitest";
import { CATALOGUES, languageOf, messageOf } from "./messages";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const modules = readdirSync(join(root, "packages/api/src/modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());

const codesOf = (contract: Record<string, unknown>): string[] =>
  Object.entries(contract)
    .filter(([name]) => name.endsWith("Errors"))
    .flatMap(([, factories]) => Object.values(factories as Record<string, () => unknown>))
    .map((factory) => factory())
    .filter(isAppError)
    .map(({ code }) => code);

// The codes that belong to no module stand as literals where they are made.
const commonCodes = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "generated"].includes(entry.name) ? [] : commonCodes(path);
    if (!entry.name.endsWith(".ts") || entry.name.endsWith(".test.ts")) return [];
    return [...readFileSync(path, "utf8").matchAll(/"(common\.[a-zA-Z]+)"/g)].map((match) => match[1] as string);
  });

describe("the sentences of /api/v1", () => {
  it("stand in both languages for every code that there is", async () => {
    const found = new Set(
      ["packages/api/src", "packages/platform/src", "packages/db/src", "apps/web/src/server"].flatMap((folder) =>
        commonCodes(join(root, folder)),
      ),
    );
    for (const { name } of modules) {
      const contract = await import(`../modules/${name}/contract.ts`).catch(() => ({}));
      for (const code of codesOf(contract)) found.add(code);
    }
    expect(found.size).toBeGreaterThan(30);
    for (const catalogue of Object.values(CATALOGUES)) expect([...found].filter((code) => !catalogue[code])).toEqual([]);
  });

  it("are the same set in both, none empty", () => {
    expect(Object.keys(CATALOGUES.ko).sort()).toEqual(Object.keys(CATALOGUES.en).sort());
    for (const catalogue of Object.values(CATALOGUES)) expect(Object.values(catalogue).filter((text) => text.trim() === "")).toEqual([]);
  });

  it("fall back, and know no name of the prototype", () => {
    expect(messageOf("en", "nothing.known", "common.unexpected")).toContain("unexpected");
    expect(messageOf("en", "constructor", "common.notFound")).toBe("Not found.");
  });
});

describe("languageOf", () => {
  it.each([
    ["en-US,en;q=0.9,ko;q=0.8", "en"],
    ["ko;q=0.2, en;q=0.1", "ko"],
    ["en;q=0, fr", "ko"],
    ["fr, de", "ko"],
    [";;;q=,", "ko"],
    [undefined, "ko"],
  ])("%s: %s", (header, expected) => expect(languageOf(header)).toBe(expected));
});
