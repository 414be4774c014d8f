import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./scripts/stack/chromium.mjs";

const executablePath = process.env.MARU_CHROMIUM || (findChromium() ?? undefined);

/** Journeys in a real Chromium on the built product. A journey that needs a second try is a defect, so there are no retries. */
export default defineConfig({
  testDir: "apps/web/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/setup/product.ts",
  // Pages are looked at two at once. Journeys change what everybody sees (terms, departments, a worker that is killed), so one goes at a time.
  workers: 2,
  projects: [
    { name: "pages", testMatch: "pages.spec.ts", fullyParallel: true },
    { name: "journeys", testIgnore: "pages.spec.ts", workers: 1 },
  ],
  retries: 0,
  forbidOnly: process.env.CI === "true",
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    // The global set-up starts the product on a free port and leaves its address here.
    baseURL: process.env.MARU_E2E_URL,
    locale: "ko-KR",
    timezoneId: "Asia/Seoul",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args: chromiumFlags },
  },
});
