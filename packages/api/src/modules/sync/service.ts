/** The door of sync for the composition root and for sinks; each use case has its file in `service/`. */
export { findRunFacts, type RunFacts } from "./service/run-facts";
export { openVoucher } from "./service/voucher";
