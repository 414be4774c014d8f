import type { Random } from "../random";
import { round, SCENES } from "./palette";

const WIDTH = 1600;
const HEIGHT = 1000;

// A ridge as the sum of a few waves: the nearer, the rougher.
const ridge = (random: Random, baseline: number, roughness: number): string => {
  const waves = [1, 2, 3, 5, 8].map((frequency) => ({
    frequency: frequency * (0.8 + random.next() * 0.5),
    phase: random.next() * Math.PI * 2,
    size: (roughness * (0.6 + random.next() * 0.8)) / frequency,
  }));
  const heightAt = (x: number) =>
    waves.reduce((sum, { frequency, phase, size }) => sum + Math.sin((x / WIDTH) * Math.PI * frequency + phase) * size, 0);
  const points = Array.from({ length: 81 }, (_, index) => (index * WIDTH) / 80).map((x) => `${x},${round(baseline - heightAt(x))}`);
  return `M0,${HEIGHT} L${points.join(" L")} L${WIDTH},${HEIGHT} Z`;
};

const birds = (random: Random, colour: string): string =>
  Array.from({ length: random.int(3, 7) }, () => {
    const [x, y, size] = [random.int(200, 1_300), random.int(120, 380), random.int(8, 16)];
    return `<path d="M${x - size},${y} q${size / 2},${-size} ${size},0 q${size / 2},${-size} ${size},0" fill="none" stroke="${colour}" stroke-width="3"/>`;
  }).join("");

const pines = (random: Random, colour: string): string =>
  Array.from({ length: random.int(9, 16) }, () => {
    const [x, y, height] = [random.int(20, WIDTH - 20), random.int(860, 985), random.int(70, 150)];
    const tiers = [0, 1, 2].map((tier) => {
      const [top, half] = [y - height + tier * height * 0.24, height * (0.12 + tier * 0.07)];
      return `M${x},${round(top)} l${round(half)},${round(height * 0.38)} h${round(-2 * half)} Z`;
    });
    return `<path d="${tiers.join(" ")}" fill="${colour}"/>`;
  }).join("");

const waterLines = (random: Random): string =>
  Array.from({ length: 14 }, () => {
    const [x, y, length] = [random.int(0, WIDTH), random.int(720, 980), random.int(60, 320)];
    return `<rect x="${x}" y="${y}" width="${length}" height="3" rx="1.5" fill="#fff" opacity="0.35"/>`;
  }).join("");

/** Mountains behind mountains with a sun or moon, and water or pines before them. */
export const drawLandscape = (random: Random) => {
  const scene = random.pick(SCENES);
  const [far, middle, near] = scene.land;
  const hasWater = random.chance(0.5);
  const sun = { x: random.int(250, 1_350), y: random.int(170, 420), radius: random.int(50, 95) };
  const front = hasWater
    ? `<rect y="700" width="${WIDTH}" height="300" fill="${scene.water}"/>${waterLines(random)}`
    : `<path d="${ridge(random, 860, 40)}" fill="${near}"/>${pines(random, near)}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${scene.sky[0]}"/><stop offset="0.75" stop-color="${scene.sky[1]}"/></linearGradient></defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>
    <circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius * 1.7}" fill="${scene.sun}" opacity="0.18"/>
    <circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius}" fill="${scene.sun}"/>
    ${birds(random, near)}
    <path d="${ridge(random, 560, 130)}" fill="${far}"/>
    <path d="${ridge(random, 660, 90)}" fill="${middle}"/>
    ${hasWater ? `<path d="${ridge(random, 705, 26)}" fill="${near}"/>` : ""}${front}</svg>`;
  return { svg, width: WIDTH, height: HEIGHT, format: "jpeg" as const };
};
