import { readFileSync } from "node:fs";
import { DEFAULT_THEME, darken, mergeMantineTheme } from "@mantine/core";
import { describe, expect, test } from "vitest";
import { contrastRatio } from "./contrast";
import { type PaletteColor, palette } from "./palette";
import { cssVariablesResolver, theme } from "./theme";
import { contrastPromises, type Scheme, type TokenName, tokens } from "./tokens";

const schemes: readonly Scheme[] = ["light", "dark"];
const tokenNames = Object.keys(tokens.light) as TokenName[];
const merged = mergeMantineTheme(DEFAULT_THEME, theme);
const variables = cssVariablesResolver(merged);

describe("contrastRatio", () => {
  test("agrees with the figures of WCAG", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastRatio("#777777", "#ffffff")).toBeCloseTo(4.478, 3);
    expect(contrastRatio("#ffffff", "#777777")).toBe(contrastRatio("#777777", "#ffffff"));
    expect(contrastRatio("#2b4c9b", "#2b4c9b")).toBe(1);
  });

  test("refuses what has no single luminance", () => {
    expect(() => contrastRatio("#fff", "#000000")).toThrow(RangeError);
    expect(() => contrastRatio("#ffffff80", "#000000")).toThrow(RangeError);
  });
});

describe.each(schemes)("tokens in the %s scheme", (scheme) => {
  const pairs = contrastPromises.flatMap(({ text, on, atLeast }) => on.map((background) => ({ text, background, atLeast })));

  test.each(pairs)("$text on $background reaches $atLeast", ({ text, background, atLeast }) => {
    expect(contrastRatio(tokens[scheme][text], tokens[scheme][background])).toBeGreaterThanOrEqual(atLeast);
  });

  test("every token reaches the page as a CSS variable", () => {
    const expected = Object.fromEntries(tokenNames.map((name) => [`--maru-${name}`, tokens[scheme][name]]));
    expect(variables[scheme]).toMatchObject(expected);
  });
});

test("every text colour is promised somewhere", () => {
  const background = /^(paper|raised|sunken|hover)$|-(soft|fill|fill-hover)$/;
  const promised = new Set(contrastPromises.map((promise) => promise.text));
  // "ink-soft" ends like a background and "line" is decoration: both are named, so that a new token has to be sorted by hand.
  const texts = tokenNames.filter((name) => name === "ink-soft" || (!background.test(name) && name !== "line"));
  expect(texts.filter((name) => !promised.has(name))).toEqual([]);
});

test.each(["indigo", "pine", "gardenia", "safflower", "red"] as const)("white words stand on every fill of %s", (color) => {
  for (const shade of [5, 6, 7] as const) expect(contrastRatio("#ffffff", palette[color][shade])).toBeGreaterThanOrEqual(4.5);
});

describe.each(Object.keys(palette) as PaletteColor[])("Mantine's variants of %s", (color) => {
  const shades = palette[color];

  test("the soft variant is readable in both schemes", () => {
    for (const scheme of schemes) {
      const own = variables[scheme];
      const background = own[`--mantine-color-${color}-light`] ?? (scheme === "light" ? shades[1] : darken(shades[9], 0.5));
      const text = own[`--mantine-color-${color}-light-color`] ?? (scheme === "light" ? shades[9] : shades[0]);
      expect(contrastRatio(text, toHex(background))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test("print repeats the light tokens, whatever the screen shows", () => {
  const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");
  const print = css.slice(css.indexOf("@media print"));
  const printed = Object.fromEntries([...print.matchAll(/--maru-([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
  expect(printed).toEqual(tokens.light);
});

test.each(["mantine.css", "theme.css"])("%s names the order of the layers before anything else", (file) => {
  const css = readFileSync(new URL(`./${file}`, import.meta.url), "utf8");
  const imports = [...css.matchAll(/@import "([^"]+)"/g)].map((match) => match[1]);
  expect(imports[0]).toBe("./layers.css");
  // A statement in the file itself would be moved behind its imports by the bundler, and the order would be Mantine's.
  expect(css).not.toMatch(/@layer [\w-]+,/);
});

test("spacing and radius keep to the grid", () => {
  const pixels = (value: string) => Number(/calc\(([\d.]+)rem/.exec(value)?.[1]) * 16;
  expect(Object.values(merged.spacing).map(pixels)).toEqual([8, 12, 16, 24, 32]);
  expect(pixels(merged.radius.md ?? "")).toBe(6);
  expect(pixels(merged.fontSizes.sm ?? "")).toBe(14);
});

/** Mantine's `darken` answers in rgba(); the ratio wants a hex colour. */
function toHex(color: string): string {
  const channels = /^rgba?\((\d+), (\d+), (\d+)/.exec(color);
  if (!channels) return color;
  return `#${channels
    .slice(1, 4)
    .map((channel) => Number(channel).toString(16).padStart(2, "0"))
    .join("")}`;
}
