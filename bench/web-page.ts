import { chromium } from "@playwright/test";
import { chromiumFlags, findChromium } from "../scripts/stack/chromium.mjs";
import { visitWebPage, type WebPage } from "./web-visits";

/** Measures the list of posts in a browser of its own. `cookie` opens a session, as `signInOnWeb` returns it. */
export const measureWebPage = async (origin: string, cookie: string): Promise<WebPage> => {
  const executablePath = findChromium() ?? undefined;
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    return await visitWebPage(browser, origin, cookie);
  } finally {
    await browser.close();
  }
};
