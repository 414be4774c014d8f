import { personalData } from "@maru/api/modules";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "./source-files";

/** A column of this name says whose a row is, or who did something. */
const NAMES_A_PERSON = /^(?:person|account|author|owner|actor|user)_id$|_by_id$/;

type Column = { readonly module: string; readonly column: string };
/** Every column of a schema file that names a person, as `table.column`. */
const columnsIn = (module: string, text: string): Column[] =>
  [...text.matchAll(/^model \w+ \{([\s\S]*?)@@map\("(\w+)"\)/gm)].flatMap(([, body = "", table]) =>
    [...body.matchAll(/^ {2}(\w+) .*$/gm)]
      .map(([line, field]) => /@map\("(\w+)"\)/.exec(line)?.[1] ?? field ?? "")
      .filter((name) => NAMES_A_PERSON.test(name))
      .map((name) => ({ module, column: `${table}.${name}` })),
  );

const columns = sourceFiles(/^packages\/db\/prisma\/schema\/(?!_)[\w-]+\.prisma$/)
  .filter(({ path }) => !path.endsWith("/outbox.prisma"))
  .flatMap(({ path, text }) => columnsIn(path.replace(/^.*\/|\.prisma$/g, ""), text));
const declared = personalData.flatMap(({ module, columns: fates }) => Object.keys(fates).map((column) => ({ module, column })));
const inOrder = (list: readonly Column[]) => list.map(({ module, column }) => `${module}: ${column}`).sort();

// The rows of the outbox, of work and of stored answers are taken away by the worker within days, long before the grace of an erasure is over.
describe("what is known about people", () => {
  it("is told and forgotten by the module that knows it: every column that names a person has its fate", () => {
    expect(columns.length).toBeGreaterThan(30);
    expect(inOrder(declared)).toEqual(inOrder(columns));
  });

  it("stays for a reason that is written down, or goes", () => {
    for (const { columns: fates } of personalData)
      for (const [column, fate] of Object.entries(fates)) expect(fate, column).toMatch(/^removed$|^kept: .{20}/);
  });

  it("is forgotten last by those who know what a person is called", () => {
    expect(personalData.map(({ module }) => module).slice(-2)).toEqual(["identity", "directory"]);
    expect(new Set(personalData.map(({ module }) => module)).size).toBe(personalData.length);
  });

  it("is shown to be missed where nobody thought of it", () => {
    const model =
      'model Diary {\n  id      String @id\n  ownerId String @map("owner_id")\n  readById String @map("read_by_id")\n  @@map("diary")\n}';
    expect(columnsIn("diary", model).map(({ column }) => column)).toEqual(["diary.owner_id", "diary.read_by_id"]);
  });
});
