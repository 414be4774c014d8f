import type { Random } from "../random";
import { ACCENTS, INK, PAPER, round, shuffled } from "./palette";

const WIDTH = 1280;
const HEIGHT = 720;
const [LEFT, RIGHT, TOP, BOTTOM] = [110, 1_200, 120, 600];

const frame = (body: string): string => {
  const lines = [0, 1, 2, 3, 4].map((step) => {
    const y = BOTTOM - (step * (BOTTOM - TOP)) / 4;
    return `<line x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}" stroke="${INK}" stroke-opacity="${step === 0 ? 0.7 : 0.12}" stroke-width="2"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>${lines.join("")}${body}</svg>`;
};

// Bars without words stand for the words: a picture with letters would need a font that the machine may not have.
const legend = (colours: readonly string[]): string =>
  colours
    .map((colour, index) => {
      const x = LEFT + index * 190;
      return `<rect x="${x}" y="52" width="26" height="26" rx="5" fill="${colour}"/><rect x="${x + 38}" y="60" width="100" height="10" rx="5" fill="${INK}" opacity="0.25"/>`;
    })
    .join("");

const columns = (random: Random): string => {
  const colours = shuffled(random, ACCENTS).slice(0, 2);
  const count = random.int(6, 9);
  const slot = (RIGHT - LEFT) / count;
  const bars = Array.from({ length: count }, (_, index) =>
    colours.map((colour, series) => {
      const height = ((BOTTOM - TOP) * (30 + random.int(0, 45) + index * 3)) / 100;
      const x = LEFT + index * slot + slot * (0.16 + series * 0.36);
      return `<rect x="${round(x)}" y="${round(BOTTOM - height)}" width="${round(slot * 0.32)}" height="${round(height)}" rx="6" fill="${colour}"/>`;
    }),
  );
  return frame(legend(colours) + bars.flat().join(""));
};

const trends = (random: Random): string => {
  const colours = shuffled(random, ACCENTS).slice(0, 3);
  const curves = colours.map((colour, index) => {
    let value = 0.25 + index * 0.18;
    const points = Array.from({ length: 13 }, (_, step) => {
      value = Math.min(0.95, Math.max(0.08, value + (random.next() - 0.42) * 0.14));
      return [round(LEFT + (step * (RIGHT - LEFT)) / 12), round(BOTTOM - value * (BOTTOM - TOP))] as const;
    });
    const path = points.map(([x, y]) => `${x},${y}`).join(" ");
    const dots = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="6" fill="${PAPER}" stroke="${colour}" stroke-width="4"/>`).join("");
    const area = index === 0 ? `<polygon points="${LEFT},${BOTTOM} ${path} ${RIGHT},${BOTTOM}" fill="${colour}" opacity="0.1"/>` : "";
    return `${area}<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="5" stroke-linejoin="round"/>${dots}`;
  });
  return frame(legend(colours) + curves.join(""));
};

/** Columns or curves, as a report would show them. */
export const drawChart = (random: Random) => ({
  svg: random.chance(0.5) ? columns(random) : trends(random),
  width: WIDTH,
  height: HEIGHT,
  format: "png" as const,
});
