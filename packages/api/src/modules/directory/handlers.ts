import { type HandlersFor, handle } from "../../handling";
import { jobs } from "./jobs";
import { carryOutDue } from "./service/carry-out-due";

export const handlers = {
  "directory.carry-out-due": handle(jobs.carryOutDue, (ctx) => carryOutDue(ctx)),
} satisfies HandlersFor<typeof jobs>;
