import { requireNewEnoughNode } from "./stack/node-version.mjs";

requireNewEnoughNode();
import("./commands/audit-verify.mjs").then((command) => command.auditVerify());
