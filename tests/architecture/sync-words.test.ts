import { HOLD_REASONS, RUN_STATES } from "@maru/api/sync/contract";
import { LDAP_ERROR_CODES } from "@maru/platform/ldap/ldap-error";
import { describe, expect, it } from "vitest";
import en from "../../apps/web/src/features/sync/messages/en.json";
import ko from "../../apps/web/src/features/sync/messages/ko.json";
import { sourceFiles } from "./source-files";

/** What a run's own code calls a failure, besides what a directory refuses: `failure: "superseded"`, `failRun(ctx, lease, "gaveUp"`. */
const FAILURE = /(?:failure: |failRun\(\w+, \w+, )"(\w+)"/g;

const failures = [
  ...LDAP_ERROR_CODES,
  ...sourceFiles(/^packages\/api\/src\/modules\/sync\/.*\.ts$/)
    .filter(({ path }) => !path.includes("/testing/") && !path.endsWith(".test.ts"))
    .flatMap(({ text }) => [...text.matchAll(FAILURE)].map(([, code]) => code as string)),
];

describe.each(Object.entries({ ko, en }))("the page of a run, in %s", (_locale, words) => {
  it("says of every failure what happened and what to do", () => {
    expect(failures).toEqual(expect.arrayContaining(["unavailable", "baseUnknown", "gaveUp", "superseded"]));
    const told: Readonly<Record<string, { title: string; description: string }>> = words.failures;
    expect(failures.filter((code) => !told[code]?.title || !told[code]?.description)).toEqual([]);
    expect([words.failures.unknown.title, words.failures.unknown.description, words.run.kept]).not.toContain("");
  });

  it("says of every reason to wait what was found and what to look at", () => {
    const told: Readonly<Record<string, string>> = words.hold.reasons;
    expect(HOLD_REASONS.filter((reason) => !told[reason])).toEqual([]);
    expect([words.hold.title, words.hold.description, words.hold.approve, words.run.cancel]).not.toContain("");
  });

  it("has a word for every state", () => {
    const told: Readonly<Record<string, string>> = words.run.states;
    expect(RUN_STATES.filter((state) => !told[state])).toEqual([]);
  });
});
