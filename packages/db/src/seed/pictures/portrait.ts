import type { Random } from "../random";

const SIZE = 480;
const BACKGROUNDS = ["#dbe3f1", "#e3ece2", "#f4e7cf", "#f0dcd6", "#e7e0ee", "#d8e8ea"] as const;
const SKINS = ["#f2d3b8", "#eac4a3", "#f6dcc6", "#e3b592"] as const;
const HAIRS = ["#241f1c", "#3a2c25", "#4d382b", "#1b1b22"] as const;
const CLOTHES = ["#2b4c9b", "#2e7d5b", "#6f5a7d", "#8a5a12", "#44546a", "#b93a32"] as const;

const longHair = (hair: string): string => `<path d="M128,215 q-12,-140 112,-142 q124,2 112,142 l10,150 h-244 Z" fill="${hair}"/>`;
const bun = (hair: string): string =>
  `<circle cx="240" cy="70" r="38" fill="${hair}"/><path d="M136,220 q-8,-140 104,-142 q112,2 104,142 Z" fill="${hair}"/>`;
const shortHair = (hair: string): string => `<path d="M142,205 q-10,-128 98,-130 q108,2 98,130 Z" fill="${hair}"/>`;

const fringe = (random: Random, hair: string): string =>
  random.pick([
    `<path d="M152,190 q40,-70 176,-42 q6,20 2,46 q-60,-50 -178,-4 Z" fill="${hair}"/>`,
    `<path d="M152,196 q10,-72 88,-74 q78,2 88,74 q-88,-40 -176,0 Z" fill="${hair}"/>`,
    `<path d="M330,196 q-20,-80 -120,-72 q-60,10 -58,72 q50,-10 80,-44 q40,34 98,44 Z" fill="${hair}"/>`,
  ]);

// Covers the crown, so that no forehead shows above the fringe.
const crown = (hair: string): string => `<path d="M148,200 C146,96 334,96 332,200 C312,148 168,148 148,200 Z" fill="${hair}"/>`;

const glasses = `<g fill="none" stroke="#33302e" stroke-width="5"><circle cx="204" cy="224" r="27"/><circle cx="276" cy="224" r="27"/><path d="M231,220 q9,-7 18,0"/></g>`;

const face = (
  skin: string,
): string => `<path d="M210,270 h60 v60 q-30,34 -60,0 Z" fill="${skin}"/><path d="M210,296 q30,26 60,0 v22 q-30,16 -60,0 Z" fill="#000" opacity="0.08"/>
  <ellipse cx="240" cy="222" rx="86" ry="100" fill="${skin}"/>
  <circle cx="204" cy="224" r="8" fill="#2a2522"/><circle cx="276" cy="224" r="8" fill="#2a2522"/>
  <path d="M190,200 q14,-9 28,0 M262,200 q14,-9 28,0" fill="none" stroke="#2a2522" stroke-width="5" stroke-linecap="round"/>
  <path d="M212,268 q28,24 56,0" fill="none" stroke="#a3564b" stroke-width="6" stroke-linecap="round"/>`;

/** A friendly face of a few shapes, each its own. */
export const drawPortrait = (random: Random, gender: "f" | "m") => {
  const [background, skin, hair, clothes] = [random.pick(BACKGROUNDS), random.pick(SKINS), random.pick(HAIRS), random.pick(CLOTHES)];
  const behind = gender === "f" ? random.pick([longHair, bun])(hair) : shortHair(hair);
  const collar = random.chance(0.5)
    ? `<path d="M200,332 l40,52 l40,-52 l-14,-8 h-52 Z" fill="#fff"/>`
    : `<path d="M196,330 q44,46 88,0 l8,10 q-52,52 -104,0 Z" fill="#fff" opacity="0.75"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}">
    <rect width="${SIZE}" height="${SIZE}" fill="${background}"/>
    ${behind}<path d="M70,${SIZE} q10,-130 120,-152 q50,40 100,0 q110,22 120,152 Z" fill="${clothes}"/>
    ${face(skin)}${crown(hair)}${fringe(random, hair)}${random.chance(0.35) ? glasses : ""}${collar}</svg>`;
  return { svg, width: SIZE, height: SIZE, format: "png" as const };
};
