import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

/** Takes the pictures of docs/guide anew: `npx playwright test --config playwright.guide.config.ts`, after a build. */
export default defineConfig({ ...config, projects: [{ name: "guide", testMatch: "guide.pictures.ts" }], workers: 1 });
