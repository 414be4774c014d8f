import type { MantineColorsTuple } from "@mantine/core";

/**
 * The family of colours, ten shades each, in the roles that Mantine gives to the index: 1 soft fill, 4 text in the dark scheme,
 * 5 fill in the dark scheme, 6 text and fill in the light scheme, 7 its hover, 9 text on a soft fill.
 */
export const palette = {
  /** 쪽빛, the one accent. */
  indigo: ["#f5f7fd", "#ebeff9", "#dbe3f5", "#bccbee", "#a3b8ee", "#4463b4", "#2b4c9b", "#233f83", "#1e3670", "#1b3064"],
  /** Pine: done, approved, saved. */
  pine: ["#f2f9f5", "#e7f2ec", "#d3e8dc", "#a9d6bf", "#7cc7a3", "#2e7d5b", "#2e7d5b", "#256a4c", "#1d573e", "#174a34"],
  /** Gardenia: waiting, take care. */
  gardenia: ["#fdf8ed", "#fbf2df", "#f7e6c2", "#eecb86", "#e5b35a", "#8f5f16", "#8a5a12", "#754b0d", "#633f0a", "#573708"],
  /** Safflower: rejected, failed, deleted. */
  safflower: ["#fdf5f4", "#fbecea", "#f7d9d6", "#f2b6b0", "#f0968e", "#b93a32", "#b93a32", "#a0302a", "#872823", "#75221e"],
  /** Stone: neutral surfaces, lines and text of the light scheme, warm like the paper. */
  gray: ["#f8f6f1", "#f1efe8", "#ebe8df", "#e4e0d6", "#cfcabe", "#8b877d", "#636870", "#474d55", "#33383e", "#1f2328"],
  /** Ink: neutral surfaces, lines and text of the dark scheme. */
  dark: ["#e6e4df", "#bfbdb7", "#9a9892", "#70757d", "#2d3137", "#25292f", "#1c1f24", "#15171a", "#111316", "#0c0d0f"],
  /** Mantine's own components say "red" for what is wrong; it is safflower here. */
  red: ["#fdf5f4", "#fbecea", "#f7d9d6", "#f2b6b0", "#f0968e", "#b93a32", "#b93a32", "#a0302a", "#872823", "#75221e"],
} as const satisfies Record<string, MantineColorsTuple>;

/** Names that a `color` prop may carry: a colour outside the family does not compile. */
export type PaletteColor = keyof typeof palette;
