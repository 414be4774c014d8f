const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers a choice of this browser where the server can read it before it draws the page. Never for anything that is secret. */
export const rememberInCookie = (name: string, value: string) => {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API does not exist everywhere, and not on http.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax${secure}`;
};
