import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "../architecture/source-files";

const page = readFileSync(join(repositoryRoot, "SECURITY.md"), "utf8");

describe("SECURITY.md", () => {
  it("names tests that exist", () => {
    const named = [...page.matchAll(/`([^`]+\.(?:test|spec)\.tsx?)`/g)]
      .map((match) => match[1] as string)
      .filter((path) => path.includes("/"));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
  });

  it("shows each requirement by a test that is named after it", () => {
    const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) [^|]+\| `([^`]+)` \|/gm)].map(([, id = "", path = ""]) => [id, path] as const);
    const isNamed = ([id, path]: readonly [string, string]): boolean => {
      const names = readFileSync(join(repositoryRoot, path), "utf8").matchAll(/\(ASVS ([\d., ]+)\)"/g);
      return [...names].some(([, ids = ""]) => ids.split(", ").includes(id));
    };
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => !isNamed(row))).toEqual([]);
  });

  it("counts its requirements", () => {
    const requirements = [...page.matchAll(/^\| (\d+\.\d+\.\d+) /gm)].map((match) => match[1]);
    expect(new Set(requirements).size).toBe(requirements.length);
    expect(page).toContain(`${requirements.length} requirements of levels 1 and 2 are shown by a test `);
  });
});
