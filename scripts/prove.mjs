import { requireNewEnoughNode } from "./stack/node-version.mjs";

requireNewEnoughNode();
import("./commands/prove.mjs").then((command) => command.prove(process.argv.slice(2)));
