/**
 * The door of audit, for composition roots and for the command that verifies beside a running Maru. Other modules write entries with
 * `tx.record`, in the transaction of the deed.
 */
export { findLastAnchor } from "./anchors";
export { findLastEntry } from "./queries";
export { AUDIT_KEPT_DAYS, createSealing, type Sealing } from "./sealing-tools";
export { type LogReader, verifyLog } from "./service/verification";
