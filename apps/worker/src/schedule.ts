import { askForVerification, purgeOld, sealEntries, writeAnchor } from "@maru/api/audit/jobs";
import { emptyTrash, foldCounts } from "@maru/api/board/jobs";
import { carryOutDue } from "@maru/api/directory/jobs";
import { removeOrphans, removeUnreferenced } from "@maru/api/files/jobs";
import { expireRoleChanges, purgeTokens, resealSecrets } from "@maru/api/identity/jobs";
import { purgeMailbox } from "@maru/api/mail/jobs";
import { purgeRead } from "@maru/api/notification/jobs";
import { eraseDue, removeExports } from "@maru/api/privacy/jobs";
import { removeFiles, startDue } from "@maru/api/sync/jobs";
import type { JobDef } from "@maru/platform/jobs";
import { purgeFinished } from "./housekeeping";

export type ScheduleEntry = {
  readonly id: string;
  readonly job: JobDef;
  /** Slots begin at multiples of this, counted from 1970 on the database's clock. */
  readonly everyMs: number;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What happens by itself, and how often. A slot is claimed in the database before anything runs, so BullMQ is only the alarm clock. */
export const SCHEDULE: readonly ScheduleEntry[] = [
  { id: "audit-seal", job: sealEntries, everyMs: 3 * SECOND },
  { id: "audit-anchor", job: writeAnchor, everyMs: HOUR },
  { id: "audit-verify", job: askForVerification, everyMs: 24 * HOUR },
  { id: "audit-purge", job: purgeOld, everyMs: 24 * HOUR },
  { id: "board-fold-counts", job: foldCounts, everyMs: 10 * SECOND },
  { id: "board-empty-trash", job: emptyTrash, everyMs: HOUR },
  { id: "directory-carry-out-due", job: carryOutDue, everyMs: 10 * MINUTE },
  { id: "files-remove-orphans", job: removeOrphans, everyMs: HOUR },
  { id: "files-remove-unreferenced", job: removeUnreferenced, everyMs: 24 * HOUR },
  { id: "identity-expire-role-changes", job: expireRoleChanges, everyMs: HOUR },
  { id: "identity-purge-tokens", job: purgeTokens, everyMs: HOUR },
  { id: "identity-reseal-secrets", job: resealSecrets, everyMs: HOUR },
  { id: "mail-purge-mailbox", job: purgeMailbox, everyMs: HOUR },
  { id: "notification-purge-read", job: purgeRead, everyMs: 24 * HOUR },
  { id: "privacy-erase-due", job: eraseDue, everyMs: HOUR },
  { id: "privacy-remove-exports", job: removeExports, everyMs: HOUR },
  { id: "sync-remove-files", job: removeFiles, everyMs: HOUR },
  { id: "sync-start-due", job: startDue, everyMs: MINUTE },
  { id: "worker-purge-finished", job: purgeFinished, everyMs: HOUR },
];
