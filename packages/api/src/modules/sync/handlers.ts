import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { executeRun, type Reader } from "./service/execute";
import { removeOldFiles } from "./service/files/exports";
import { lookInto } from "./service/files/look-into";
import { makePeopleExport } from "./service/files/make-export";
import { readFile } from "./service/files/read-file";
import { readDirectory } from "./service/read-directory";
import { startDueRuns } from "./service/start-due";

const readSource: Reader = (ctx, run, ...rest) => (run.source.kind === "FILE" ? readFile : readDirectory)(ctx, run, ...rest);

export const handlers = {
  "sync.run-source": handle(jobs.runSource, (ctx, { runId }, signal) => executeRun(ctx, runId, signal, readSource)),
  "sync.start-due": handle(jobs.startDue, (ctx) => startDueRuns(ctx)),
  "sync.look-into-file": handle(jobs.lookIntoFile, lookInto),
  "sync.export-people": handle(jobs.exportPeople, makePeopleExport),
  "sync.remove-files": handle(jobs.removeFiles, (ctx) => removeOldFiles(ctx)),
} satisfies HandlersFor<typeof jobs>;
