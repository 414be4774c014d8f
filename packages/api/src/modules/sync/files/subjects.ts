/** What the files of imports and exports are attached to. */
export const IMPORT_SUBJECT = "sync.import";
export const EXPORT_SUBJECT = "sync.export";
