import { z } from "zod";
import { allow, router } from "../../trpc/init";
import {
  entryDetailView,
  entryPageView,
  exportEntriesInput,
  exportedView,
  getEntryInput,
  listEntriesInput,
  requestedView,
  stateView,
} from "./contract";
import { exportEntries, getEntry, getState, listEntries, requestVerification } from "./service/reading";

export const auditRouter = router({
  listEntries: allow("audit.read", { method: "GET", path: "/admin/audit/entries", summary: "Who did what, the latest first" })
    .input(listEntriesInput)
    .output(entryPageView)
    .query(({ ctx, input }) => listEntries(ctx, input)),
  getEntry: allow("audit.read", { method: "GET", path: "/admin/audit/entries/{id}", summary: "One entry with what it changed" })
    .input(getEntryInput)
    .output(entryDetailView)
    .query(({ ctx, input }) => getEntry(ctx, input)),
  getState: allow("audit.read", { method: "GET", path: "/admin/audit/state", summary: "How far the log is sealed and verified" })
    .input(z.strictObject({}))
    .output(stateView)
    .query(({ ctx }) => getState(ctx)),
  exportEntries: allow("audit.export")
    .input(exportEntriesInput)
    .output(exportedView)
    .mutation(({ ctx, input }) => exportEntries(ctx, input)),
  requestVerification: allow("audit.read")
    .input(z.strictObject({}))
    .output(requestedView)
    .mutation(({ ctx }) => requestVerification(ctx)),
});
