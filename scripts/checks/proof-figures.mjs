import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inRepository } from "../stack/repository.mjs";

/**
 * @typedef {{ proof: string, figure: string, value: string }} Figure what a proof recorded (tests/prove/figures.ts)
 * @typedef {{ seed: string, node: string, date: string }} Run
 */

/** The documents that carry the figures, each between its markers. */
const documents = ["SECURITY.md", "docs/operate/proofs.md"];
const begin = "<!-- figures: written by npm run prove -->";
const end = "<!-- end of figures -->";
const head = ["| Proof | Figure | Value | Seed | Node.js | Date |", "|---|---|---:|---|---|---|"];

/**
 * Writes the figures of a run into the documents.
 *
 * @param {string} file the lines that the proofs recorded
 * @param {Run} run
 * @returns {number} how many figures there were
 */
export function writeFigures(file, run) {
  const figures = existsSync(file) ? readFigures(readFileSync(file, "utf8")) : [];
  if (figures.length === 0) return 0;
  for (const document of documents) {
    const path = inRepository(document);
    writeFileSync(path, placeFigures(readFileSync(path, "utf8"), figures, run));
  }
  return figures.length;
}

/**
 * @param {string} lines
 * @returns {Figure[]}
 */
function readFigures(lines) {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/**
 * Puts figures between the markers of a document: those of the proofs that ran replace what these proofs said before, those of other
 * proofs stay, with the seed and the day of their own run.
 *
 * @param {string} text
 * @param {readonly Figure[]} figures
 * @param {Run} run
 * @returns {string}
 */
export function placeFigures(text, figures, { seed, node, date }) {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document has no place for figures: ${begin} … ${end}`);
  const proofs = new Set(figures.map(({ proof }) => proof));
  const kept = text
    .slice(from + begin.length, to)
    .split("\n")
    .filter((line) => line.startsWith("| ") && line !== head[0] && !proofs.has(proofOf(line)));
  const fresh = figures.map(({ proof, figure, value }) => `| ${[proof, figure, value, seed, node, date].join(" | ")} |`);
  // The sort is stable: proofs by their name, the figures of one proof in the order in which it recorded them.
  const rows = [...kept, ...fresh].sort((a, b) => (proofOf(a) < proofOf(b) ? -1 : proofOf(a) > proofOf(b) ? 1 : 0));
  return `${text.slice(0, from)}${[begin, ...head, ...rows].join("\n")}\n${text.slice(to)}`;
}

/** @param {string} row */
function proofOf(row) {
  return (row.split("|")[1] ?? "").trim();
}
