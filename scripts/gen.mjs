import { spawnSync } from "node:child_process";
import { requireNewEnoughNode } from "./stack/node-version.mjs";
import { ensureDependencies } from "./stack/packages.mjs";
import { inRepository } from "./stack/repository.mjs";

// `npm run gen -- module <noun>` and `npm run gen -- job <module> <verb>`: what follows the generator's name answers its questions.
requireNewEnoughNode();
await ensureDependencies();
const [generator = "module", ...answers] = process.argv.slice(2);
const args = ["run", generator, ...(answers.length > 0 ? ["--args", ...answers] : [])];
const { status } = spawnSync(inRepository("node_modules/.bin/gen"), args, { cwd: inRepository("."), stdio: "inherit" });
process.exit(status ?? 1);
