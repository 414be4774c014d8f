import { z } from "zod";
import { allow } from "../../../trpc/init";
import {
  importIdInput,
  importItemPage,
  importPage,
  importView,
  listImportItemsInput,
  listImportsInput,
  peopleExportView,
  previewImportInput,
  requestPeopleExportInput,
  startImportInput,
} from "../contract";
import { getPeopleExport, requestPeopleExport } from "../service/files/exports";
import { applyImport, getImport, listImportItems, listImports, previewImport, startImport, undoImport } from "../service/files/imports";

/** The part of sync's router that is about files. */
export const fileProcedures = {
  startImport: allow("sync.manage", { method: "POST", path: "/imports/people", summary: "Take an uploaded file with people" })
    .input(startImportInput)
    .output(importView)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
  getImport: allow("sync.manage", { method: "GET", path: "/imports/people/{id}", summary: "A file with people, and how far it is" })
    .input(importIdInput)
    .output(importView)
    .query(({ ctx, input }) => getImport(ctx, input)),
  listImports: allow("sync.manage", { method: "GET", path: "/imports/people", summary: "The files with people, the latest first" })
    .input(listImportsInput)
    .output(importPage)
    .query(({ ctx, input }) => listImports(ctx, input)),
  previewImport: allow("sync.manage", { method: "POST", path: "/imports/people/{id}/preview", summary: "Ask what a file would change" })
    .input(previewImportInput)
    .output(importView)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),
  applyImport: allow("sync.manage", {
    method: "POST",
    path: "/imports/people/{id}/apply",
    summary: "Do what was shown",
    isSensitive: true,
  })
    .input(importIdInput)
    .output(importView)
    .mutation(({ ctx, input }) => applyImport(ctx, input)),
  undoImport: allow("sync.manage", {
    method: "POST",
    path: "/imports/people/{id}/undo",
    summary: "Take back what a file has changed",
    isSensitive: true,
  })
    .input(importIdInput)
    .output(importView)
    .mutation(({ ctx, input }) => undoImport(ctx, input)),
  listImportItems: allow("sync.manage", { method: "GET", path: "/imports/people/{id}/items", summary: "The rows of a step of an import" })
    .input(listImportItemsInput)
    .output(importItemPage)
    .query(({ ctx, input }) => listImportItems(ctx, input)),
  getPeopleExport: allow("sync.manage", { method: "GET", path: "/exports/people", summary: "The last file with people, and how far it is" })
    .input(z.strictObject({}))
    .output(peopleExportView)
    .query(({ ctx }) => getPeopleExport(ctx)),
  requestPeopleExport: allow("sync.manage", {
    method: "POST",
    path: "/exports/people",
    summary: "Ask for a file with the people of the organisation",
    isSensitive: true,
  })
    .input(requestPeopleExportInput)
    .output(peopleExportView)
    .mutation(({ ctx, input }) => requestPeopleExport(ctx, input)),
};
