import type { Random } from "../random";

/** The colours of the demo's pictures: those of the product, and their neighbours. */
export const INK = "#1f2328";
export const PAPER = "#fbfaf7";

/** Sky, light and three layers of land, from far to near. */
export const SCENES = [
  { sky: ["#dfe9f5", "#f7efe2"], sun: "#f4c95d", land: ["#9db4cc", "#6f8fae", "#3f5f86"], water: "#b7cbe0" },
  { sky: ["#fbe3d0", "#f6c7a8"], sun: "#e8744f", land: ["#d9a58b", "#a86f66", "#5f4652"], water: "#edb89a" },
  { sky: ["#e6f0e4", "#fbf6e4"], sun: "#e0a63a", land: ["#a9c5a0", "#6f9c78", "#2e7d5b"], water: "#bcd8cf" },
  { sky: ["#1e2a4a", "#4a5a8a"], sun: "#f4ecd2", land: ["#33406b", "#263056", "#161d38"], water: "#2b3763" },
  { sky: ["#f3e9f0", "#fdf7f0"], sun: "#b93a32", land: ["#d2b5c6", "#a9839d", "#6b4d70"], water: "#e1cfda" },
] as const;

/** For charts and posters. */
export const ACCENTS = ["#2b4c9b", "#2e7d5b", "#e0a63a", "#b93a32", "#6f8fae", "#8a5a12"] as const;
/** Planks of a wooden floor. */
export const WOODS = ["#d9b48a", "#cfa679", "#c4986a", "#dcbd97", "#b98a5c", "#caa074"] as const;

/** Digits that are enough for a picture. */
export const round = (value: number): number => Math.round(value * 10) / 10;
export const shuffled = <Item>(random: Random, items: readonly Item[]): Item[] => random.sample(items, items.length);
