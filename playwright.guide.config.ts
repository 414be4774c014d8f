import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

/** Takes the pictures of docs/guide anew: `npx playwright test --config playwright.guide.config.ts`, after a build. */
export default defineConfig({ ...config, testMatch: "guide.pictures.ts" });
