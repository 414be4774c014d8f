import { appendFileSync } from "node:fs";

/** What `recordFigure` appends, a line each; scripts/checks/proof-figures.mjs reads it. */
export type Figure = { readonly proof: string; readonly figure: string; readonly value: string };

const shown = (value: number | string): string => (typeof value === "number" ? value.toLocaleString("en-US") : value);

/**
 * Notes what a proof has shown, after it has been shown. `npm run prove` writes the figures into the documents when every proof of the run
 * held; at sample depth nothing is noted.
 */
export const recordFigure = (proof: string, figure: string, value: number | string): void => {
  const file = process.env.MARU_PROVE_FIGURES;
  if (!file) return;
  const line: Figure = { proof, figure, value: shown(value) };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
};
