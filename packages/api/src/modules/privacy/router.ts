import { z } from "zod";
import { allow, router, signedIn } from "../../trpc/init";
import {
  consentDoneView,
  consentsView,
  documentIdInput,
  documentView,
  erasurePage,
  exportView,
  giveConsentsInput,
  listErasuresInput,
  publishDocumentInput,
} from "./contract";
import { listErasures } from "./queries";
import { giveConsents, listConsents, listDocuments, publishDocument, withdrawConsent } from "./service/documents";
import { getExport, requestExport } from "./service/exports";

export const privacyRouter = router({
  getExport: signedIn({ method: "GET", path: "/users/me/export", summary: "The last file with everything about you, and how far it is" })
    .output(exportView)
    .query(({ ctx }) => getExport(ctx)),
  requestExport: signedIn({
    method: "POST",
    path: "/users/me/export",
    summary: "Ask for a file with everything about you",
    isSensitive: true,
  })
    .input(z.strictObject({}))
    .output(exportView)
    .mutation(({ ctx }) => requestExport(ctx)),
  listConsents: signedIn({ method: "GET", path: "/users/me/consents", summary: "The texts that hold now, and what you have agreed to" })
    .output(consentsView)
    .query(({ ctx }) => listConsents(ctx)),
  giveConsents: signedIn({ method: "POST", path: "/users/me/consents", summary: "Agree to texts, in the version that holds now" })
    .input(giveConsentsInput)
    .output(consentDoneView)
    .mutation(({ ctx, input }) => giveConsents(ctx, input)),
  withdrawConsent: signedIn({ method: "DELETE", path: "/users/me/consents/{id}", summary: "Take back a consent that is not required" })
    .input(documentIdInput)
    .output(consentDoneView)
    .mutation(({ ctx, input }) => withdrawConsent(ctx, input)),
  listDocuments: allow("privacy.manage-documents", {
    method: "GET",
    path: "/admin/privacy/documents",
    summary: "Every version of the texts that people agree to",
  })
    .output(z.array(documentView))
    .query(({ ctx }) => listDocuments(ctx)),
  publishDocument: allow("privacy.manage-documents", {
    method: "POST",
    path: "/admin/privacy/documents",
    summary: "Publish the next version of a text",
    isSensitive: true,
  })
    .input(publishDocumentInput)
    .output(documentView)
    .mutation(({ ctx, input }) => publishDocument(ctx, input)),
  listErasures: allow("privacy.read-erasures", {
    method: "GET",
    path: "/admin/privacy/erasures",
    summary: "Who was erased when, by which request, and what was removed",
  })
    .input(listErasuresInput)
    .output(erasurePage)
    .query(({ ctx, input }) => listErasures(ctx, input)),
});
