import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repositoryRoot } from "./source-files";

// Below these versions a known hole is open (security.md §1).
const FLOORS: Readonly<Record<string, string>> = {
  next: "16.4.3",
  "next-auth": "4.24.15",
  sharp: "0.35.5",
  nodemailer: "8.0.5",
  zod: "4.6.7",
  "@tiptap/core": "3.31.2",
  "@trpc/server": "11.8.0",
};

const isBelow = (version: string, floor: string): boolean => {
  const [left, right] = [version, floor].map((text) => text.split(/[-+]/)[0]?.split(".").map(Number) ?? []);
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

/** Every locked version of a library with a floor that stands below it. */
const tooOld = (packages: readonly string[]): string[] =>
  packages.filter((key) => {
    const at = key.lastIndexOf("@");
    const floor = FLOORS[key.slice(0, at)];
    return floor !== undefined && isBelow(key.slice(at + 1), floor);
  });

describe("locked versions", () => {
  const lock = parse(readFileSync(join(repositoryRoot, "pnpm-lock.yaml"), "utf8")) as { packages: Record<string, unknown> };
  const packages = Object.keys(lock.packages);

  it("stand at or above the floors that security asks for", () => {
    for (const name of ["next", "next-auth", "sharp", "zod", "@trpc/server"])
      expect(packages.some((key) => key.startsWith(`${name}@`))).toBe(true);
    expect(tooOld(packages)).toEqual([]);
  });
  it("are shown to fail below", () => expect(tooOld(["next@16.4.2", "next@16.4.3", "zod@4.6.7"])).toEqual(["next@16.4.2"]));
});
