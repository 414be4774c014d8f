import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { build } from "esbuild";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { repositoryRoot } from "../architecture/source-files";

let door: TestDoor;
let folder: string;

// Beside node_modules, so that the example finds its one package as it would in a reader's project.
beforeAll(async () => {
  door = await startTestDoor();
  folder = mkdtempSync(join(repositoryRoot, "node_modules/.maru/client-"));
  cpSync(join(repositoryRoot, "docs/api/client"), folder, { recursive: true });
  const document = await (await fetch(`${door.url}/api/v1/openapi.json`)).text();
  writeFileSync(join(folder, "schema.d.ts"), astToString(await openapiTS(document)));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await door.stop();
});

const faultsOf = (file: string): string[] => {
  const program = ts.createProgram([join(folder, file)], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
};

it("the typed client compiles against the served document, and a mistake does not", () => {
  expect(faultsOf("newest-posts.ts")).toEqual([]);
  writeFileSync(
    join(folder, "mistake.ts"),
    'import { createMaruClient } from "./client";\nexport const mistake = createMaruClient("", "").GET("/board/boards/{id}/posts", { params: { path: { board: "" } } });\n',
  );
  expect(faultsOf("mistake.ts").join()).toContain("'board' does not exist");
});

it("the typed client reads the newest posts", async () => {
  const { id: boardId } = await createBoard(door.db);
  for (const title of ["첫 글", "둘째 글"]) await createPost(door.db, { boardId, title, authorId: door.actors.member.id });
  const outfile = join(folder, "newest-posts.mjs");
  await build({
    entryPoints: [join(folder, "newest-posts.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  const { newestTitles } = (await import(pathToFileURL(outfile).href)) as {
    newestTitles: (origin: string, token: string) => Promise<string[]>;
  };
  const { authorization = "" } = await door.bearer(door.actors.member);
  expect(await newestTitles(door.url, authorization.replace("Bearer ", ""))).toEqual(["둘째 글", "첫 글"]);
  await expect(newestTitles(door.url, "no token")).rejects.toThrow("common.signInRequired");
});
