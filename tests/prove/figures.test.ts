import { describe, expect, it } from "vitest";
import { placeFigures } from "../../scripts/checks/proof-figures.mjs";

const run = { seed: "7", node: "v20.20.0", date: "2026-11-20" };
const empty = "before\n<!-- figures: written by npm run prove -->\nnothing yet\n<!-- end of figures -->\nafter\n";
const rowsOf = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| Proof"));

describe("the figures of the proofs", () => {
  it("stand between the markers, and nothing else is touched", () => {
    const text = placeFigures(empty, [{ proof: "rich text", figure: "documents", value: "50,000" }], run);
    expect(text.startsWith("before\n<!--")).toBe(true);
    expect(text.endsWith("-->\nafter\n")).toBe(true);
    expect(text).not.toContain("nothing yet");
    expect(rowsOf(text)).toEqual(["| rich text | documents | 50,000 | 7 | v20.20.0 | 2026-11-20 |"]);
  });

  it("are the same after the same run", () => {
    const figures = [
      { proof: "b", figure: "two", value: "2" },
      { proof: "a", figure: "one", value: "1" },
    ];
    const once = placeFigures(empty, figures, run);
    expect(placeFigures(once, figures, run)).toBe(once);
    expect(rowsOf(once).map((row) => row.slice(0, 5))).toEqual(["| a |", "| b |"]);
  });

  it("of proofs that did not run stay, those of one that did are replaced whole", () => {
    const first = placeFigures(
      empty,
      [
        { proof: "a", figure: "old", value: "1" },
        { proof: "b", figure: "kept", value: "2" },
      ],
      run,
    );
    const second = placeFigures(first, [{ proof: "a", figure: "new", value: "3" }], { ...run, seed: "8", date: "2026-11-21" });
    expect(rowsOf(second)).toEqual(["| a | new | 3 | 8 | v20.20.0 | 2026-11-21 |", "| b | kept | 2 | 7 | v20.20.0 | 2026-11-20 |"]);
  });

  it("need their markers", () => {
    expect(() => placeFigures("nothing here", [{ proof: "a", figure: "b", value: "c" }], run)).toThrow("no place for figures");
  });
});
