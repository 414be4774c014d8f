import { requireNewEnoughNode } from "./stack/node-version.mjs";

requireNewEnoughNode();
import("./commands/test.mjs").then((command) => command.test());
