import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repositoryRoot } from "./source-files";

// The number of procedures makes most of it (some 170 of them: about 9,000 each, schemas included); what one costs must not grow.
// Types that take long to check are an interface that is hard to read. Counted in instantiations, not in seconds: the machine must not matter.
const BUDGET = { "packages/api": 1_900_000, "apps/web": 2_500_000 } as const;

describe("types stay fast", () => {
  it.each(Object.entries(BUDGET))(
    "%s stays within %i instantiations",
    (workspace, budget) => {
      const output = execFileSync(
        process.execPath,
        [join(repositoryRoot, "node_modules/typescript/bin/tsc"), "-p", workspace, "--extendedDiagnostics"],
        {
          cwd: repositoryRoot,
          encoding: "utf8",
        },
      );
      const count = Number(/Instantiations:\s+(\d+)/.exec(output)?.[1]);
      expect(count).toBeGreaterThan(1_000);
      expect(count).toBeLessThan(budget);
    },
    180_000,
  );
});
