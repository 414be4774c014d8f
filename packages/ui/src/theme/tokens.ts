/** The two looks of the product. Print always uses the light one. */
export type Scheme = "light" | "dark";

const light = {
  /** Hanji behind everything. */
  paper: "#fbfaf7",
  /** Cards, the frame, menus and dialogs. */
  raised: "#ffffff",
  /** Table heads, code, quiet wells. */
  sunken: "#f4f2ec",
  /** What the pointer rests on. */
  hover: "#f1efe8",
  /** Body text: AAA on every surface above. */
  ink: "#1f2328",
  /** Secondary text that is still read as text: AAA on paper and raised. */
  "ink-soft": "#474d55",
  /** Captions, placeholders, times: AA on every surface above. */
  "ink-muted": "#636870",
  /** Thin lines that part things; decoration, never the only sign of a control. */
  line: "#e4e0d6",
  /** Edges of controls: 3:1 against the surfaces they stand on. */
  "line-strong": "#8b877d",
  accent: "#2b4c9b",
  "accent-fill": "#2b4c9b",
  "accent-fill-hover": "#233f83",
  "accent-soft": "#ebeff9",
  "on-accent": "#ffffff",
  focus: "#2b4c9b",
  pine: "#24694b",
  "pine-fill": "#2e7d5b",
  "pine-soft": "#e7f2ec",
  gardenia: "#805310",
  "gardenia-fill": "#e0a63a",
  "gardenia-soft": "#fbf2df",
  safflower: "#ad342d",
  "safflower-fill": "#b93a32",
  "safflower-soft": "#fbecea",
  /** Words on pine and safflower fills. */
  "on-fill": "#ffffff",
  /** Words on the gardenia fill, which is light in both schemes. */
  "on-gardenia": "#2a1c05",
} as const;

/** A semantic colour; in CSS it is `--maru-<name>`. */
export type TokenName = keyof typeof light;

const dark: Readonly<Record<TokenName, string>> = {
  paper: "#15171a",
  raised: "#1c1f24",
  sunken: "#111316",
  hover: "#25292f",
  ink: "#e6e4df",
  "ink-soft": "#bfbdb7",
  "ink-muted": "#9a9892",
  line: "#2d3137",
  "line-strong": "#70757d",
  accent: "#a3b8ee",
  "accent-fill": "#4463b4",
  "accent-fill-hover": "#5272c4",
  "accent-soft": "#232c45",
  "on-accent": "#ffffff",
  focus: "#a3b8ee",
  pine: "#7cc7a3",
  "pine-fill": "#2e7d5b",
  "pine-soft": "#1b2e26",
  gardenia: "#e5b35a",
  "gardenia-fill": "#e0a63a",
  "gardenia-soft": "#33291a",
  safflower: "#f0968e",
  "safflower-fill": "#b93a32",
  "safflower-soft": "#3a2322",
  "on-fill": "#ffffff",
  "on-gardenia": "#2a1c05",
};

/** Every semantic colour in both schemes. */
export const tokens: Readonly<Record<Scheme, Readonly<Record<TokenName, string>>>> = { light, dark };

/** A foreground, the backgrounds it may stand on, and the contrast that pairing promises. */
export type ContrastPromise = { readonly text: TokenName; readonly on: readonly TokenName[]; readonly atLeast: 3 | 4.5 | 7 };

const surfaces = ["paper", "raised", "sunken", "hover"] as const;

/** The pairings components may use. What is not listed here is not promised, so it is not used. */
export const contrastPromises: readonly ContrastPromise[] = [
  { text: "ink", on: [...surfaces, "accent-soft", "pine-soft", "gardenia-soft", "safflower-soft"], atLeast: 7 },
  { text: "ink-soft", on: surfaces, atLeast: 7 },
  { text: "ink-muted", on: surfaces, atLeast: 4.5 },
  { text: "accent", on: [...surfaces, "accent-soft"], atLeast: 4.5 },
  { text: "pine", on: [...surfaces, "pine-soft"], atLeast: 4.5 },
  { text: "gardenia", on: [...surfaces, "gardenia-soft"], atLeast: 4.5 },
  { text: "safflower", on: [...surfaces, "safflower-soft"], atLeast: 4.5 },
  { text: "on-accent", on: ["accent-fill", "accent-fill-hover"], atLeast: 4.5 },
  { text: "on-fill", on: ["pine-fill", "safflower-fill"], atLeast: 4.5 },
  { text: "on-gardenia", on: ["gardenia-fill"], atLeast: 7 },
  { text: "line-strong", on: ["paper", "raised", "sunken"], atLeast: 3 },
  { text: "focus", on: surfaces, atLeast: 3 },
];
