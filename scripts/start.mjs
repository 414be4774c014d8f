import { requireNewEnoughNode } from "./stack/node-version.mjs";

requireNewEnoughNode();
import("./commands/start.mjs").then((command) => command.start(process.argv.slice(2)));
