import type { AccessRow } from "./access-table";

const signIn = "common.signInRequired";
const no = "common.forbidden";

/** Those who manage directories, which of the built-in roles the highest does alone. */
const managers = (record: string): AccessRow => [record, signIn, no, no, no, "done"];
const found = (notFound: string): readonly AccessRow[] => [managers("other"), ["missing", signIn, no, no, no, notFound]];
const noSource = "sync.sourceNotFound";
const noRun = "sync.runNotFound";
const noTest = "sync.testNotFound";
const noImport = "sync.importNotFound";

/** Directories, their runs, and what those have found. */
export const SYNC_ACCESS: Readonly<Record<string, readonly AccessRow[]>> = {
  "sync.getConfig": [managers("any")],
  "sync.saveConfig": [managers("any")],
  "sync.testSource": [managers("new"), ...found(noSource)],
  "sync.beginTest": [managers("new"), ...found(noSource)],
  // Even who manages directories watches no test but that of her own session.
  "sync.watchTest": [
    ["other", signIn, no, no, no, noTest],
    ["missing", signIn, no, no, no, noTest],
  ],
  "sync.startRun": found(noSource),
  "sync.listRuns": [managers("any")],
  "sync.getStatus": [managers("any")],
  "sync.listSources": [managers("any")],
  "sync.getSource": found(noSource),
  "sync.saveSource": [managers("new"), ...found(noSource)],
  "sync.deleteSource": found(noSource),
  "sync.getRun": found(noRun),
  "sync.listItems": found(noRun),
  "sync.exportItems": found(noRun),
  "sync.linkPerson": [managers("other"), ["settled", signIn, no, no, no, "sync.itemNotSettled"], ["missing", signIn, no, no, no, noRun]],
  "sync.approveRun": found(noRun),
  "sync.cancelRun": found(noRun),
  "sync.watchRun": found(noRun),
  "sync.startImport": [managers("own"), ["missing", signIn, no, no, no, "files.fileNotFound"]],
  "sync.getImport": found(noImport),
  "sync.listImports": [managers("any")],
  "sync.previewImport": found(noImport),
  "sync.applyImport": found(noImport),
  "sync.undoImport": found(noImport),
  "sync.listImportItems": found(noImport),
  "sync.getPeopleExport": [managers("any")],
  "sync.requestPeopleExport": [managers("any")],
};
