import { defineConfig } from "vitest/config";

const everywhere = "{apps,packages,tests,bench,turbo,scripts}";
const neverTests = ["**/node_modules/**", "**/dist/**", "**/.next/**", "**/e2e/**"];
const stack = "./tests/setup/stack.ts";

/** The tier is the suffix: x.test.ts is pure, x.int.test.ts has real servers, x.prove.test.ts is a long proof. */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${everywhere}/**/*.test.{ts,tsx}`],
          exclude: [...neverTests, "**/*.{int,prove}.test.ts", "tests/architecture/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "architecture",
          include: ["tests/architecture/**/*.test.ts"],
          exclude: neverTests,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`${everywhere}/**/*.int.test.ts`],
          exclude: neverTests,
          globalSetup: [stack],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "prove",
          // A sample of each proof; PROVE=1 takes them to their full depth (tests/prove/depth.ts).
          include: [`${everywhere}/**/*.prove.test.ts`],
          exclude: neverTests,
          globalSetup: [stack],
          testTimeout: process.env.PROVE === "1" ? 3_600_000 : 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
    coverage: {
      provider: "v8",
      reporter: ["json-summary"],
      // The figures are wanted most of all when a test has failed.
      reportOnFailure: true,
      include: ["packages/{api,platform}/src/**/*.ts", "apps/worker/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/testing/**", "**/*.d.ts"],
    },
  },
});
