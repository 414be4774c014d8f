import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PERMISSIONS } from "@maru/api/permissions";
import { describe, expect, it } from "vitest";
import { composeMessages, type Messages } from "../../i18n/compose-messages";

const features = join(import.meta.dirname, "..");
const names = readdirSync(features, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const catalogueOf = (locale: string): Messages => {
  const read = (name: string): Messages => JSON.parse(readFileSync(join(features, name, `messages/${locale}.json`), "utf8"));
  return composeMessages({}, new Map(names.map((name) => [name, read(name)])));
};
const branch = (messages: Messages | undefined, key: string): Messages => {
  const found = messages?.[key];
  return typeof found === "object" ? found : {};
};

describe.each(["ko", "en"])("the words of the permissions in %s", (locale) => {
  const words = branch(catalogueOf(locale), "permissions");
  const parts = PERMISSIONS.map((key) => key.split(".") as [string, string]);

  it("name every permission and say what it allows", () => {
    const isTold = ([module, verb]: [string, string]) => {
      const { name, sentence } = branch(branch(words, module), verb);
      return Boolean(name && sentence);
    };
    expect(parts.filter((part) => !isTold(part))).toEqual([]);
  });

  it("name every module that has one", () => expect(parts.filter(([module]) => !branch(words, module).title)).toEqual([]));

  it("speak of nothing that is no permission", () => {
    const told = Object.keys(words).flatMap((module) =>
      Object.keys(branch(words, module))
        .filter((verb) => verb !== "title")
        .map((verb) => `${module}.${verb}`),
    );
    expect(told.sort()).toEqual([...PERMISSIONS].sort());
  });
});
