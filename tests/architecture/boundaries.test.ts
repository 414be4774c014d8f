import { createRequire } from "node:module";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "./source-files";

const require = createRequire(import.meta.url);
const config = require("../../.dependency-cruiser.cjs") as { forbidden: { name: string }[]; options: object };

const cruiseIn = async (baseDir: string): Promise<ICruiseResult> => {
  const options = { ...config.options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden } };
  const { output } = await cruise(["apps", "packages"], options as Parameters<typeof cruise>[1]);
  return output as ICruiseResult;
};

describe("boundaries", () => {
  it("are kept by every module", async () => {
    const result = await cruiseIn(repositoryRoot);
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    // An empty graph is silently green: the cruiser must have seen the house.
    expect(result.summary.totalCruised).toBeGreaterThan(150);
    expect(result.summary.totalDependenciesCruised).toBeGreaterThan(300);
  }, 180_000);

  it("are reported, each rule by its deliberate breach (the canary)", async () => {
    const result = await cruiseIn(join(repositoryRoot, "tests/architecture/fixtures/boundaries"));
    const reported = new Set(result.summary.violations.map(({ rule }) => rule.name));
    const silent = config.forbidden.map(({ name }) => name).filter((name) => !reported.has(name));
    expect(silent).toEqual([]);
    expect(result.summary.totalCruised).toBeGreaterThan(20);
  }, 180_000);
});
