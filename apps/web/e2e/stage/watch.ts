import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** What a browser complained about while somebody looked at pages. */
export type Complaints = {
  /** Exceptions that nobody caught, and what the page's policy forbade: always a defect. */
  readonly defects: string[];
  /** Errors of the console. A refused request is one of them, and may be what a journey is about. */
  readonly errors: string[];
};

const isPolicy = (text: string) => /Content Security Policy|violates the following/i.test(text);

const whereOf = (message: ConsoleMessage) => `${message.page()?.url() ?? ""}: ${message.text()} (${message.location().url})`;

/** Listens to every page of a context, from its first byte. */
export const watch = (context: BrowserContext): Complaints => {
  const complaints: Complaints = { defects: [], errors: [] };
  context.on("console", (message) => {
    if (isPolicy(message.text())) complaints.defects.push(whereOf(message));
    else if (message.type() === "error") complaints.errors.push(whereOf(message));
  });
  context.on("weberror", (error) => {
    complaints.defects.push(`${error.page()?.url() ?? ""}: ${error.error().stack ?? error.error().message}`);
  });
  return complaints;
};
