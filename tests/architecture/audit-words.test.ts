import { describe, expect, it } from "vitest";
import en from "../../apps/web/src/features/audit/messages/en.json";
import ko from "../../apps/web/src/features/audit/messages/ko.json";
import { sourceFiles } from "./source-files";

/** `<module>.<noun>.<verb>`: permissions, errors and jobs have two parts, so three tell an action. A name that is put together is not found. */
const ACTION = /"((?:audit|board|directory|factor|federation|files|identity|mail|notification|privacy|sync)\.[a-z-]+\.[a-z-]+)"/g;

const wordOf = (words: object, action: string): unknown =>
  action
    .split(".")
    .reduce<unknown>((branch, part) => (typeof branch === "object" && branch ? Reflect.get(branch, part) : undefined), words);

describe("what the audit log tells", () => {
  const actions = sourceFiles(/^packages\/api\/src\/modules\/.*\.ts$/)
    .filter(({ path }) => !path.includes("/testing/") && !path.endsWith(".test.ts"))
    .flatMap(({ text }) => [...text.matchAll(ACTION)].map(([, action]) => action as string));

  it.each(Object.entries({ ko, en }))("has a word for every action in %s", (_locale, { actions: words }) => {
    expect(actions.length).toBeGreaterThan(25);
    expect(actions.filter((action) => typeof wordOf(words, action) !== "string")).toEqual([]);
  });

  it("misses the word of an action that nobody wrote one for", () => {
    expect([wordOf(ko.actions, "board.post.frame"), wordOf(ko.actions, "board.post")]).not.toContainEqual(expect.any(String));
  });
});
