import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from "@mantine/core";
import { componentDefaults } from "./component-defaults";
import { type PaletteColor, palette } from "./palette";
import { type Scheme, type TokenName, tokens } from "./tokens";

declare module "@mantine/core" {
  export interface MantineThemeColorsOverride {
    colors: Record<PaletteColor, MantineColorsTuple>;
  }
}

/**
 * "Maru Fallback" (font-fallback.css) stands right behind Pretendard: fonts that a computer already has, stretched to Pretendard's
 * widths and heights, so that nothing moves when the real font arrives.
 */
const fontFamily =
  '"Pretendard Variable", "Maru Fallback", "Maru Fallback System", -apple-system, BlinkMacSystemFont, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif';

/** The look of Maru: 14 px for work (size `sm`), 16 px for reading (size `md`), a 4 px grid, radius 6, thin lines before shadows. */
export const theme = createTheme({
  colors: palette,
  primaryColor: "indigo",
  primaryShade: { light: 6, dark: 5 },
  white: tokens.light.raised,
  black: tokens.light.ink,
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "D2Coding", "Liberation Mono", monospace',
  fontWeights: { regular: "400", medium: "600", bold: "700" },
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(16), lg: rem(18), xl: rem(20) },
  lineHeights: { xs: "1.4", sm: "1.55", md: "1.55", lg: "1.6", xl: "1.6" },
  headings: {
    fontFamily,
    fontWeight: "700",
    textWrap: "pretty",
    sizes: {
      h1: { fontSize: rem(20), lineHeight: "1.4", fontWeight: "700" },
      h2: { fontSize: rem(18), lineHeight: "1.4", fontWeight: "700" },
      h3: { fontSize: rem(16), lineHeight: "1.5", fontWeight: "700" },
      h4: { fontSize: rem(14), lineHeight: "1.55", fontWeight: "700" },
      h5: { fontSize: rem(14), lineHeight: "1.55", fontWeight: "600" },
      h6: { fontSize: rem(12), lineHeight: "1.5", fontWeight: "600" },
    },
  },
  radius: { xs: rem(2), sm: rem(4), md: rem(6), lg: rem(8), xl: rem(12) },
  defaultRadius: "md",
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  shadows: {
    xs: "0 1px 2px rgb(31 35 40 / 6%)",
    sm: "0 1px 3px rgb(31 35 40 / 8%)",
    md: "0 4px 12px rgb(31 35 40 / 10%)",
    lg: "0 8px 24px rgb(31 35 40 / 12%)",
    xl: "0 16px 40px rgb(31 35 40 / 16%)",
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: componentDefaults,
});

function tokenVariables(scheme: Scheme): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens[scheme]).map(([name, value]) => [`--maru-${name}`, value]));
}

/** Points what Mantine's components read at our tokens, so that they need no styles of their own in either scheme. */
function mantineVariables(scheme: Scheme): Record<string, string> {
  const token = (name: TokenName) => tokens[scheme][name];
  return {
    "--mantine-color-body": token("raised"),
    "--mantine-color-text": token("ink"),
    "--mantine-color-bright": token("ink"),
    "--mantine-color-dimmed": token("ink-muted"),
    "--mantine-color-placeholder": token("ink-muted"),
    "--mantine-color-anchor": token("accent"),
    "--mantine-color-error": token("safflower"),
    "--mantine-color-success": token("pine"),
    "--mantine-color-default": token("raised"),
    "--mantine-color-default-hover": token("hover"),
    "--mantine-color-default-color": token("ink"),
    "--mantine-color-default-border": scheme === "light" ? palette.gray[4] : "#3d434b",
    "--mantine-color-disabled": token("sunken"),
    "--mantine-color-disabled-color": token("ink-muted"),
    "--mantine-color-disabled-border": token("line"),
    "--mantine-color-indigo-filled": token("accent-fill"),
    "--mantine-color-indigo-filled-hover": token("accent-fill-hover"),
    ...softVariant("indigo", token("accent-soft"), token("accent")),
    ...softVariant("pine", token("pine-soft"), token("pine")),
    ...softVariant("gardenia", token("gardenia-soft"), token("gardenia")),
    ...softVariant("safflower", token("safflower-soft"), token("safflower")),
    ...softVariant("red", token("safflower-soft"), token("safflower")),
    ...softVariant("gray", token("sunken"), token("ink-soft")),
    "--mantine-color-gray-light-hover": token("hover"),
  };
}

/** Colours of the variants "light", "subtle" and "transparent" for one colour of the palette. */
function softVariant(color: PaletteColor, background: string, text: string): Record<string, string> {
  return {
    [`--mantine-color-${color}-light`]: background,
    [`--mantine-color-${color}-light-hover`]: background,
    [`--mantine-color-${color}-light-color`]: text,
  };
}

/** Hand this to MantineProvider beside `theme`; it writes every token for both schemes into the first HTML. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...tokenVariables("light"), ...mantineVariables("light") },
  dark: { ...tokenVariables("dark"), ...mantineVariables("dark") },
});
