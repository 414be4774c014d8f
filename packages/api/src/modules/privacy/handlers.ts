import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { beginDueErasures, erasePerson } from "./service/erasures";
import { endOldExports } from "./service/exports";
import { makeExport } from "./service/make-export";

export const handlers = {
  "privacy.make-export": handle(jobs.makeExport, makeExport),
  "privacy.erase-person": handle(jobs.erasePerson, erasePerson),
  "privacy.erase-due": handle(jobs.eraseDue, (ctx) => beginDueErasures(ctx)),
  "privacy.remove-exports": handle(jobs.removeExports, (ctx) => endOldExports(ctx)),
} satisfies HandlersFor<typeof jobs>;
