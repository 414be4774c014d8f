import { logoSvg } from "@maru/ui/logo/svg";

const ONE_DAY_SECONDS = 86_400;

/** The sign on the browser's tab. */
export const GET = () =>
  new Response(logoSvg, { headers: { "content-type": "image/svg+xml", "cache-control": `public, max-age=${ONE_DAY_SECONDS}` } });
