import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toolEnvironment } from "../../scripts/stack/packages.mjs";
import { repositoryRoot, sourceFiles } from "../architecture/source-files";

// A scratch copy with its own links: what is generated there must compile and pass there, and nothing of it reaches the repository.
let scratch: string;

const run = (command: string, ...args: string[]): string => {
  try {
    return execFileSync(command, args, {
      cwd: scratch,
      encoding: "utf8",
      env: { ...toolEnvironment, CI: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1e8,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout.slice(-4_000)}\n${stderr.slice(-4_000)}`);
  }
};
const node = (path: string, ...args: string[]) => run(process.execPath, join(scratch, path), ...args);
const copyTo = (folder: string) => {
  for (const { path } of sourceFiles(/./)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(repositoryRoot, path), join(folder, path));
  }
};

/** Lines that a generated module adds to files that stood before. */
const addedLines = (path: string): string[] => {
  const before = new Set(readFileSync(join(repositoryRoot, path), "utf8").split("\n"));
  return readFileSync(join(scratch, path), "utf8")
    .split("\n")
    .filter((line) => !before.has(line));
};

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "maru-generator-"));
  copyTo(scratch);
  run("npx", "-y", "pnpm@12.21.0", "install", "--frozen-lockfile", "--prefer-offline");
  run("git", "init", "--quiet");
  node("scripts/gen.mjs", "module", "meeting-room");
  node("scripts/gen.mjs", "job", "meeting-room", "send-reminder");
  run(process.execPath, "node_modules/@biomejs/biome/bin/biome", "check", "--write", ".");
}, 300_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("npm run gen", () => {
  it("edits four standing files for a module and one more for its job, an import and an entry each", () => {
    const standing = [
      "packages/api/src/trpc/root.ts",
      "packages/api/src/modules.ts",
      "packages/api/src/permissions.ts",
      "apps/web/src/features/registry.ts",
    ];
    const touched = sourceFiles(/\.(ts|tsx|json)$/).filter(({ path, text }) => readFileSync(join(scratch, path), "utf8") !== text);
    expect(touched.map(({ path }) => path).sort()).toEqual([...standing, "packages/api/src/reactions.ts"].sort());
    for (const path of ["packages/api/src/trpc/root.ts", "packages/api/src/permissions.ts", "apps/web/src/features/registry.ts"]) {
      expect(addedLines(path).length, path).toBeLessThanOrEqual(2);
    }
  });

  it("writes code that compiles", () => {
    node("packages/db/scripts/prisma.mjs", "generate");
    for (const workspace of ["packages/db", "packages/api", "apps/worker", "apps/web"])
      node("node_modules/typescript/bin/tsc", "-p", workspace);
  }, 300_000);

  it("writes code that keeps the rules", () => {
    node("node_modules/@biomejs/biome/bin/biome", "check", ".");
    node("node_modules/dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.cjs", "apps", "packages");
    node(
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      "architecture",
      "tests/architecture/rules.test.ts",
      "tests/architecture/registries.test.ts",
      "tests/architecture/personal-data.test.ts",
    );
  }, 300_000);

  it("writes tests that pass", () => {
    const output = node(
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      "unit",
      "--project",
      "integration",
      "packages/api/src/modules/meeting-room",
      "--reporter=json",
    );
    const { numPassedTests, numFailedTests } = JSON.parse(output.slice(output.indexOf("{"))) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThanOrEqual(8);
  }, 300_000);
});
