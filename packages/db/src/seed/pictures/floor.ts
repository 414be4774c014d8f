import type { Random } from "../random";
import { round, WOODS } from "./palette";

const WIDTH = 1440;
const HEIGHT = 960;
const BOARD = 120;

const grain = (random: Random, x: number, y: number, length: number): string =>
  Array.from({ length: 5 }, () => {
    const top = round(y + 12 + random.next() * (BOARD - 24));
    const bend = round((random.next() - 0.5) * 16);
    return `<path d="M${x + 8},${top} q${round(length / 2)},${bend} ${length - 16},0" fill="none" stroke="#5b3d20" stroke-opacity="0.16" stroke-width="${random.int(1, 3)}"/>`;
  }).join("");

/** The boards of a wooden floor (마루) in the light of a window. */
export const drawFloor = (random: Random) => {
  const boards: string[] = [];
  for (let y = 0; y < HEIGHT; y += BOARD) {
    let x = -random.int(0, 400);
    while (x < WIDTH) {
      const length = random.int(360, 720);
      boards.push(
        `<rect x="${x}" y="${y}" width="${length}" height="${BOARD}" fill="${random.pick(WOODS)}" stroke="#7a5430" stroke-opacity="0.55" stroke-width="3"/>`,
      );
      boards.push(grain(random, x, y, length));
      x += length;
    }
  }
  const shift = random.int(-200, 300);
  const panes = [0, 1, 2, 3].map((pane) => {
    const left = 260 + shift + pane * 200;
    return `<polygon points="${left},0 ${left + 150},0 ${left - 90},${HEIGHT} ${left - 290},${HEIGHT}" fill="#fff6dc" opacity="0.3"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${boards.join("")}${panes.join("")}</svg>`;
  return { svg, width: WIDTH, height: HEIGHT, format: "jpeg" as const };
};
