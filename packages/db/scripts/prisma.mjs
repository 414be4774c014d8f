// Runs the Prisma CLI without its native engine, which only a download could bring. `generate`, `validate` and `format` need an engine that
// exists and nothing of it: any program that exits with 0. `migrate` and `db` get the one beside this file, which speaks the engine's
// protocol over Prisma's own WebAssembly build; they never get the empty one, for it would do nothing and say so to nobody.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [command = "", ...rest] = process.argv.slice(2);
const needsEngine = command === "migrate" || command === "db";
const cli = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");
const engine = needsEngine ? join(here, "schema-engine.mjs") : join(here, "no-engine.mjs");
const { status } = spawnSync(process.execPath, [cli, command, ...rest], {
  cwd: join(here, ".."),
  stdio: "inherit",
  // Generators are programs of this package, found by name also when no package manager runs this script.
  env: {
    ...process.env,
    PATH: `${join(here, "../node_modules/.bin")}${delimiter}${process.env.PATH}`,
    PRISMA_SCHEMA_ENGINE_BINARY: engine,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  },
});
process.exit(status ?? 1);
