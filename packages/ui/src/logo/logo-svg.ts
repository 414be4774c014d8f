import { palette } from "../theme/palette";
import { logoBoards } from "./logo-boards";

function board(path: string, fill: string): string {
  return `<path fill="${fill}" d="${path}"/>`;
}

const boards = logoBoards.map(({ name, path }) => board(path, name === "tenon" ? palette.gardenia[3] : palette.gray[0])).join("");

/**
 * The mark as one plain file, for favicons, manifests and mail: paper boards on an indigo tile, so that it stands on light and dark tabs.
 * `logo.svg` beside this file is the same text (a test compares them).
 */
export const logoSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><title>Maru</title><rect width="64" height="64" rx="12" fill="${palette.indigo[6]}"/><g transform="translate(6.5 6.4) scale(.8)">${boards}</g></svg>`;
