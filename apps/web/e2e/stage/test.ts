import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { Database } from "./database";
import { stage } from "./env";
import { lendPasswords, signIn } from "./people";
import { type Complaints, watch } from "./watch";

export { expect };

/** A browser of its own for one person, signed in; a stranger's when nobody is named. */
export type OpenBrowser = (username: string | null, options?: BrowserContextOptions) => Promise<OpenedBrowser>;
export type OpenedBrowser = { readonly context: BrowserContext; readonly page: Page; readonly complaints: Complaints };

type Stage = { readonly open: OpenBrowser };
type Theatre = { readonly database: Database };

/**
 * The test of every journey: `open` gives a person a browser of her own, `database` is the product's. An exception that nobody caught and a
 * breach of a page's policy fail the journey, wherever they happen.
 */
export const test = base.extend<Stage, Theatre>({
  database: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const database = new Database(stage.databaseUrl());
      await lendPasswords(database);
      await use(database);
      await database.close();
    },
    { scope: "worker" },
  ],
  open: async ({ browser, database: _database }, use) => {
    const opened: OpenedBrowser[] = [];
    await use(async (username, options = {}) => {
      const context = await browser.newContext(options);
      const complaints = watch(context);
      if (username !== null) await signIn(context, username);
      const one = { context, page: await context.newPage(), complaints };
      opened.push(one);
      return one;
    });
    for (const { context } of opened) await context.close();
    expect(opened.flatMap(({ complaints }) => complaints.defects)).toEqual([]);
  },
});
