import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { repositoryRoot, sourceFiles } from "./source-files";

// Only the style sheets of those Mantine components are loaded that Maru draws with, so nothing but a look at the page would show a missing
// one. Which they are is read from Mantine's own modules.

const core = join(repositoryRoot, "packages/ui/node_modules/@mantine/core");
const tiptap = join(repositoryRoot, "apps/web/node_modules/@mantine/tiptap/esm");
const text = (path: string) => readFileSync(path, "utf8");

/** What files take from Mantine's core, by name; types are no code. */
const namesIn = (files: readonly string[]): string[] =>
  files.flatMap((file) =>
    [...file.matchAll(/import \{([^}]+)\} from "@mantine\/core"/g)].flatMap(([, names = ""]) => names.trim().split(/\s*,\s*/)),
  );

/** The module behind each name. */
const homes = new Map(
  [...text(join(core, "esm/index.mjs")).matchAll(/import \{([^}]+)\} from "(\.[^"]+)"/g)].flatMap(([, names = "", file = ""]) =>
    names.split(",").map((name): [string, string] => [name.trim(), join(core, "esm", file)]),
  ),
);

/** A module with everything that it imports, however far away. */
const withImports = (file: string, seen: Set<string>): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, next = ""] of text(file).matchAll(/from "(\.[^"]+)"/g)) withImports(join(dirname(file), next), seen);
  return seen;
};

/** What Mantine's editor has and Maru's does not show: colours, and a typography of its own. */
const NOT_SHOWN = new Set(["ColorPicker", "ColorSwatch", "SimpleGrid", "Typography"]);

const sheets = readdirSync(join(core, "styles"))
  .filter((name) => name.endsWith(".layer.css"))
  .map((name) => ({ name, css: text(join(core, "styles", name)) }));
const bundle = text(join(core, "styles.layer.css"));

/** The sheets that components need, in the order of Mantine's bundle: a later one may override an earlier one. */
const sheetsFor = (names: readonly string[]): string[] => {
  const modules = new Set<string>();
  for (const name of names) {
    const home = homes.get(name);
    if (home) withImports(home, modules);
  }
  const classes = [...modules]
    .filter((file) => file.endsWith(".module.mjs"))
    .flatMap((file) => [...text(file).matchAll(/"(m_[0-9a-f]+)"/g)].map(([, name = ""]) => name));
  const needed = sheets.filter(({ css }) => classes.some((name) => new RegExp(`\\.${name}\\b`).test(css)));
  const placeOf = ({ css }: { css: string }) => bundle.indexOf(/\.m_[0-9a-f]+[^{]*\{[^}]*\}/.exec(css)?.[0] ?? css);
  return needed.toSorted((a, b) => placeOf(a) - placeOf(b)).map(({ name }) => name);
};

describe("Mantine's style sheets", () => {
  const ground = ["default-css-variables.layer.css", "baseline.layer.css", "global.layer.css"];
  const sources = sourceFiles(/^(apps\/web|packages\/ui)\/src\/.*(?<!\.test)\.tsx?$/).map((file) => file.text);
  const editor = readdirSync(tiptap, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => text(join(tiptap, name)));
  const used = [...namesIn(sources), ...namesIn(editor).filter((name) => !NOT_SHOWN.has(name))];

  it("are those of the components in use, in Mantine's order", () => {
    const imported = text(join(repositoryRoot, "packages/ui/src/theme/mantine.css")).matchAll(/@import "@mantine\/core\/styles\/([^"]+)"/g);
    expect([...imported].map(([, name]) => name)).toEqual([...ground, ...sheetsFor(used)]);
  });

  it("are found for a component that stands on others", () => {
    expect(sheetsFor(["Button"])).toEqual(["UnstyledButton.layer.css", "Loader.layer.css", "Button.layer.css"]);
    expect(sheetsFor(["Modal"])).toEqual(expect.arrayContaining(["Overlay.layer.css", "CloseButton.layer.css", "ModalBase.layer.css"]));
    expect(namesIn(['import { Button, type ButtonProps } from "@mantine/core";'])).toContain("Button");
  });
});
