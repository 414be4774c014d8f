import { requireNewEnoughNode } from "./stack/node-version.mjs";

requireNewEnoughNode();
import("./commands/bench.mjs").then((command) => command.bench(process.argv.slice(2)));
