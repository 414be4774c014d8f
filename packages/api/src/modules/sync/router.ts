import { z } from "zod";
import { allow, router } from "../../trpc/init";
import {
  approveRunInput,
  configView,
  doneView,
  exportedItemsView,
  exportItemsInput,
  itemPage,
  linkPersonInput,
  listItemsInput,
  listRunsInput,
  runIdInput,
  runPage,
  runView,
  saveConfigInput,
  saveSourceInput,
  sourceIdInput,
  sourceView,
  startRunInput,
  statusView,
  testSourceInput,
  testStepView,
  testTicketView,
  testView,
  watchTestInput,
} from "./contract";
import { fileProcedures } from "./files/router";
import { listItems } from "./item-queries";
import { getRun, getSource, listRuns, listSources } from "./queries";
import { exportItems } from "./service/export-items";
import { linkPerson } from "./service/link-person";
import { beginTest, watchTest } from "./service/live-test";
import { approveRun, cancelRun, startRun } from "./service/runs";
import { deleteSource, getConfig, getStatus, saveConfig, saveSource } from "./service/sources";
import { testSource } from "./service/test-source";
import { watchRun } from "./service/watch-run";

const nothing = z.strictObject({});

/** What a stream gives, each of it stripped to its view. */
const streamOf = <View extends z.ZodType>(view: View) =>
  z
    .custom<AsyncIterable<z.output<View>>>((value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value)
    .transform(async function* (values): AsyncGenerator<z.output<View>> {
      for await (const value of values) yield view.parse(value);
    });

export const syncRouter = router({
  ...fileProcedures,
  getConfig: allow("sync.manage", {
    method: "GET",
    path: "/ad-sync/config",
    summary: "The settings of the directory, without its password",
  })
    .input(nothing)
    .output(configView)
    .query(({ ctx }) => getConfig(ctx)),
  saveConfig: allow("sync.manage", {
    method: "PUT",
    path: "/ad-sync/config",
    summary: "Save the settings of the directory",
    isSensitive: true,
  })
    .input(saveConfigInput)
    .output(configView)
    .mutation(({ ctx, input }) => saveConfig(ctx, input)),
  testSource: allow("sync.manage", {
    method: "POST",
    path: "/ad-sync/test",
    summary: "Try settings stage by stage, from the name of the server to what a run would do",
    isSensitive: true,
  })
    .input(testSourceInput)
    .output(testView)
    .mutation(({ ctx, input, signal }) => testSource(ctx, input, signal)),
  beginTest: allow("sync.manage", { isSensitive: true })
    .input(testSourceInput)
    .output(testTicketView)
    .mutation(({ ctx, input }) => beginTest(ctx, input)),
  watchTest: allow("sync.manage")
    .input(watchTestInput)
    .output(streamOf(testStepView))
    .subscription(({ ctx, input, signal }) => watchTest(ctx, input, signal)),
  startRun: allow("sync.manage", { method: "POST", path: "/ad-sync/run", summary: "Ask for a run; a preview unless it says otherwise" })
    .input(startRunInput)
    .output(runView)
    .mutation(({ ctx, input }) => startRun(ctx, input)),
  listRuns: allow("sync.manage", { method: "GET", path: "/ad-sync/logs", summary: "The runs, the latest first" })
    .input(listRunsInput)
    .output(runPage)
    .query(({ ctx, input }) => listRuns(ctx, input)),
  getStatus: allow("sync.manage", { method: "GET", path: "/ad-sync/status", summary: "The directory and its last run" })
    .input(nothing)
    .output(statusView)
    .query(({ ctx }) => getStatus(ctx)),
  listSources: allow("sync.manage")
    .input(nothing)
    .output(z.array(sourceView))
    .query(({ ctx }) => listSources(ctx)),
  getSource: allow("sync.manage")
    .input(sourceIdInput)
    .output(sourceView)
    .query(({ ctx, input }) => getSource(ctx, input.id)),
  saveSource: allow("sync.manage", { isSensitive: true })
    .input(saveSourceInput)
    .output(sourceView)
    .mutation(({ ctx, input }) => saveSource(ctx, input)),
  deleteSource: allow("sync.manage", { isSensitive: true })
    .input(sourceIdInput)
    .output(doneView)
    .mutation(({ ctx, input }) => deleteSource(ctx, input)),
  getRun: allow("sync.manage", { method: "GET", path: "/ad-sync/logs/{id}", summary: "A run, and why it waits" })
    .input(runIdInput)
    .output(runView)
    .query(({ ctx, input }) => getRun(ctx, input.id)),
  listItems: allow("sync.manage")
    .input(listItemsInput)
    .output(itemPage)
    .query(({ ctx, input }) => listItems(ctx, input)),
  exportItems: allow("sync.manage")
    .input(exportItemsInput)
    .output(exportedItemsView)
    .mutation(({ ctx, input }) => exportItems(ctx, input)),
  linkPerson: allow("sync.manage", { isSensitive: true })
    .input(linkPersonInput)
    .output(doneView)
    .mutation(({ ctx, input }) => linkPerson(ctx, input)),
  approveRun: allow("sync.manage", {
    method: "POST",
    path: "/ad-sync/logs/{id}/approve",
    summary: "Let a held run go on",
    isSensitive: true,
  })
    .input(approveRunInput)
    .output(runView)
    .mutation(({ ctx, input }) => approveRun(ctx, input)),
  cancelRun: allow("sync.manage", { method: "POST", path: "/ad-sync/logs/{id}/cancel", summary: "End a run" })
    .input(runIdInput)
    .output(runView)
    .mutation(({ ctx, input }) => cancelRun(ctx, input)),
  watchRun: allow("sync.manage")
    .input(runIdInput)
    .output(streamOf(runView))
    .subscription(({ ctx, input, signal }) => watchRun(ctx, input, signal)),
});
