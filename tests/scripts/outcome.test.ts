import { describe, expect, it } from "vitest";
import { addOutcome, closingLine, noOutcome, refuseSkips, single } from "../../scripts/checks/outcome.mjs";

const mixed = { passed: 7, failures: [{ name: "a", message: "broken" }], skipped: [{ name: "b", reason: "no browser" }] };

describe("the closing line", () => {
  it("names passed and failed, and skipped only when there are some", () => {
    expect(closingLine(noOutcome())).toBe("0 passed, 0 failed");
    expect(closingLine(mixed)).toBe("7 passed, 1 failed, 1 skipped");
  });

  it("adds up what single checks found", () => {
    const total = noOutcome();
    for (const outcome of [single("types", true, ""), single("build", false, "no disk"), mixed]) addOutcome(total, outcome);
    expect(closingLine(total)).toBe("8 passed, 2 failed, 1 skipped");
    expect(total.failures[0]).toEqual({ name: "build", message: "no disk" });
  });

  it("counts a skipped test as failed where nothing may be skipped, with the reason", () => {
    const refused = refuseSkips(mixed);
    expect(closingLine(refused)).toBe("7 passed, 2 failed");
    expect(refused.failures[1]?.message).toContain("no browser");
  });
});
