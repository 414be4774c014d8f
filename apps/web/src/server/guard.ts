import type { IncomingMessage } from "node:http";

/**
 * True when a request that may change something comes from our own pages. Browsers say where a request was made (`Sec-Fetch-Site`, which
 * no script can write); where they don't, `Origin` must be ours. A page without an origin (`null`: sandboxed, or a file) is nobody's.
 */
export const isFromOurPages = (request: IncomingMessage, ownOrigin: string): boolean => {
  const { origin } = request.headers;
  if (origin === "null") return false;
  const site = request.headers["sec-fetch-site"];
  return site === undefined ? origin === ownOrigin : site === "same-origin";
};

/** True for a read that another site's page asks for. It could not read the answer, but has no business asking either. */
export const isForeignRead = (request: IncomingMessage): boolean => {
  const site = request.headers["sec-fetch-site"];
  return site === "cross-site" || site === "same-site";
};
