/** Remembers how a person left the menu: "folded" or "open". A file of its own, because the server reads it and the browser writes it. */
export const MENU_COOKIE = "maru-menu";
