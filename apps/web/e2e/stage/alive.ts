import type { Page } from "@playwright/test";

/** Waits until the page that the server drew has come to life: before that a button can be seen and pressed, and does nothing. */
export const whenAlive = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const button = document.querySelector("button");
    return button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"));
  });
};
