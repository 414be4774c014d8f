import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test";

/** A dialog that fades in has too little contrast for a moment: what is judged is what comes to rest. Spinners never do. */
const comesToRest = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );

/** Nothing on the page that axe calls serious or critical; `look` names the page, and a breach doesn't end the test. */
export const expectAccessible = async (page: Page, look = page.url()): Promise<void> => {
  await comesToRest(page);
  // The title of a page follows it: between two pages there is none for a moment.
  await expect(page).toHaveTitle(/./);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const said = grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${look}: ${id}: ${target}: ${failureSummary}`));
  expect.soft(said).toEqual([]);
};
