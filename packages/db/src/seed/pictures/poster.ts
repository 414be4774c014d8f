import type { Random } from "../random";
import { ACCENTS, INK, PAPER, shuffled } from "./palette";

const SIZE = 1200;
const CELL = 200;

type Tile = (x: number, y: number, colour: string) => string;

const TILES: readonly Tile[] = [
  (x, y, colour) => `<circle cx="${x + CELL / 2}" cy="${y + CELL / 2}" r="${CELL / 2}" fill="${colour}"/>`,
  (x, y, colour) => `<path d="M${x},${y} h${CELL} a${CELL},${CELL} 0 0 1 ${-CELL},${CELL} Z" fill="${colour}"/>`,
  (x, y, colour) => `<path d="M${x + CELL},${y + CELL} h${-CELL} a${CELL},${CELL} 0 0 1 ${CELL},${-CELL} Z" fill="${colour}"/>`,
  (x, y, colour) => `<polygon points="${x},${y + CELL} ${x + CELL / 2},${y} ${x + CELL},${y + CELL}" fill="${colour}"/>`,
  (x, y, colour) => [0, 1, 2, 3].map((bar) => `<rect x="${x}" y="${y + bar * 50}" width="${CELL}" height="25" fill="${colour}"/>`).join(""),
  (x, y, colour) => `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="${colour}"/>`,
];

const mosaic = (random: Random): string => {
  const colours = [...shuffled(random, ACCENTS).slice(0, 3), INK];
  const tiles: string[] = [];
  for (let x = 0; x < SIZE; x += CELL) {
    for (let y = 0; y < SIZE; y += CELL) {
      tiles.push(random.chance(0.12) ? "" : random.pick(TILES)(x, y, random.pick(colours)));
    }
  }
  return tiles.join("");
};

const rings = (random: Random): string => {
  const colours = shuffled(random, ACCENTS);
  const [x, y] = [random.int(350, 850), random.int(350, 850)];
  const circles = colours.map((colour, index) => `<circle cx="${x}" cy="${y}" r="${560 - index * 95}" fill="${colour}"/>`);
  return `${circles.join("")}<rect y="${random.int(640, 800)}" width="${SIZE}" height="70" fill="${PAPER}"/>`;
};

/** A poster of plain shapes. */
export const drawPoster = (random: Random) => ({
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}">
    <rect width="${SIZE}" height="${SIZE}" fill="${PAPER}"/>${random.chance(0.6) ? mosaic(random) : rings(random)}</svg>`,
  width: SIZE,
  height: SIZE,
  format: "png" as const,
});
