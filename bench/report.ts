export type Line = {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly isMet: boolean;
};

/** "at least" and "at most" in one place, so that every line says what it was held against. */
export const atLeast = (what: string, value: number, target: number, unit = "", note = ""): Line => ({
  what,
  measured: `${value.toFixed(2)}${unit}${note}`,
  target: `>= ${target}${unit}`,
  isMet: value >= target,
});
export const atMost = (what: string, value: number, target: number, unit = "", note = ""): Line => ({
  what,
  measured: `${value.toFixed(value < 10 ? 2 : 0)}${unit}${note}`,
  target: `<= ${target}${unit}`,
  isMet: value <= target,
});

/** A table that needs no explanation. */
export const formatTable = (title: string, lines: readonly Line[]): string => {
  const rows = lines.map((line) => [line.what, line.measured, line.target, line.isMet ? "met" : "MISSED"]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 8));
  const format = (row: readonly string[]) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  return [title, format(["", "measured", "target", ""]), ...rows.map(format), ""].join("\n");
};
