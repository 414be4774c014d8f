import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { auditErrors } from "@maru/api/audit/contract";
import { boardErrors } from "@maru/api/board/contract";
import { directoryErrors } from "@maru/api/directory/contract";
import { factorErrors } from "@maru/api/factor/contract";
import { federationErrors } from "@maru/api/federation/contract";
import { filesErrors } from "@maru/api/files/contract";
import { identityErrors } from "@maru/api/identity/contract";
import { mailErrors } from "@maru/api/mail/contract";
import { notificationErrors, TOPICS } from "@maru/api/notification/contract";
import { privacyErrors } from "@maru/api/privacy/contract";
import { syncErrors } from "@maru/api/sync/contract";
import { describe, expect, it } from "vitest";
import { composeMessages, type Messages } from "./compose-messages";

const source = join(import.meta.dirname, "..");
const repository = join(source, "../../..");
const read = (path: string): Messages => JSON.parse(readFileSync(path, "utf8"));
const featureNames = readdirSync(join(source, "features"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const folders = ["shell", ...featureNames.map((name) => `features/${name}`)];

const leaves = (messages: Messages, path = ""): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  );
/** What a sentence is given: `{count, plural, …}` and `{name}`, and the tags around words. */
const parameters = (text: string) =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map((match) => match[1] ?? match[2]))].sort();
const catalogue = (locale: string) =>
  composeMessages(
    read(join(source, `shell/messages/${locale}.json`)),
    new Map(featureNames.map((name) => [name, read(join(source, `features/${name}/messages/${locale}.json`))])),
  );
const filesBelow = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name) && !/node_modules|generated|\.next|dist/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));

describe.each(folders)("the catalogues of %s", (folder) => {
  const path = (locale: string) => join(source, folder, `messages/${locale}.json`);

  it("stand in both languages", () => expect([existsSync(path("ko")), existsSync(path("en"))]).toEqual([true, true]));

  it("say the same things", () => {
    const [ko, en] = [leaves(read(path("ko"))), leaves(read(path("en")))];
    expect(en.map(([key]) => key).sort()).toEqual(ko.map(([key]) => key).sort());
  });

  it("name the same values in each sentence, and leave none empty", () => {
    const en = new Map(leaves(read(path("en"))));
    const unlike = leaves(read(path("ko"))).filter(([key, text]) => {
      const other = en.get(key) ?? "";
      return text.trim() === "" || other.trim() === "" || parameters(text).join() !== parameters(other).join();
    });
    expect(unlike.map(([key]) => key)).toEqual([]);
  });
});

describe("error codes", () => {
  const factories = {
    audit: auditErrors,
    board: boardErrors,
    directory: directoryErrors,
    factor: factorErrors,
    federation: federationErrors,
    files: filesErrors,
    identity: identityErrors,
    mail: mailErrors,
    notification: notificationErrors,
    privacy: privacyErrors,
    sync: syncErrors,
  };
  const ofModules = Object.entries(factories).flatMap(([module, codes]) => Object.keys(codes).map((code) => `${module}.${code}`));
  const shared = ["packages/api/src", "packages/db/src", "packages/platform/src", "apps/web/src"].flatMap((folder) =>
    filesBelow(join(repository, folder), /\.tsx?$/)
      .filter((path) => !path.endsWith(".test.ts"))
      .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/"(common\.[a-z][a-zA-Z]+)"/g)].map((match) => match[1] ?? "")),
  );
  const codes = [...new Set([...ofModules, ...shared])];

  it("are known from every module", () => {
    const declared = filesBelow(join(repository, "packages/api/src/modules"), /^contract\.ts$/)
      .map((path) => readFileSync(path, "utf8"))
      .flatMap((text) => [...text.matchAll(/defineErrors\("(\w+)"/g)].map((match) => match[1]));
    expect(Object.keys(factories)).toEqual(expect.arrayContaining(declared));
    expect(codes.length).toBeGreaterThan(35);
  });

  it.each(["ko", "en"])("have a cause and a next step in %s", (locale) => {
    const keys = new Set(leaves(catalogue(locale)).map(([key]) => key));
    expect(codes.filter((code) => !keys.has(`errors.${code}.title`) || !keys.has(`errors.${code}.description`))).toEqual([]);
  });
});

describe("sentences that code asks for", () => {
  const keys = new Set(leaves(catalogue("ko")).map(([key]) => key));

  it("of the topics of notifications are there", () =>
    expect(TOPICS.filter((topic) => !keys.has(`notification.topics.${topic}`))).toEqual([]));

  // `const t = useTranslations("ns")` and `t("key")` in one file: enough to find a key that was renamed on one side only.
  it("by a literal key are there", () => {
    const missing = ["shell", "features", "app"]
      .flatMap((folder) => filesBelow(join(source, folder), /\.tsx?$/))
      .flatMap((path) => {
        const text = readFileSync(path, "utf8");
        const namespaces = [...text.matchAll(/const (\w+) = (?:await get|use)Translations\("([\w.]+)"\)/g)];
        return namespaces.flatMap(([, name, namespace]) => {
          const sameName = namespaces.filter(([, other]) => other === name).map(([, , space]) => space);
          return [...text.matchAll(new RegExp(`\\b${name}(?:\\.rich|\\.markup)?\\("([\\w.]+)"`, "g"))]
            .map(([, key]) => key ?? "")
            .filter((key) => !sameName.some((space) => keys.has(`${space}.${key}`)))
            .map((key) => `${path.slice(source.length + 1)}: ${namespace}.${key}`);
        });
      });
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe("words", () => {
  const ko = leaves(catalogue("ko"));
  it("are polite without shouting", () => expect(ko.filter(([, text]) => text.includes("!")).map(([key]) => key)).toEqual([]));
  it("never confuse an approval with a payment", () => expect(ko.filter(([, text]) => /결제/.test(text)).map(([key]) => key)).toEqual([]));
});
