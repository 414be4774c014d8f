import { join } from "node:path";
import { createMac, type Mac } from "@maru/platform/crypto/mac";
import { type AppendLog, createAppendLog } from "@maru/platform/storage/append-log";

/** Three years: what the law asks of the access records of most organisations, and a year to notice. */
export const AUDIT_KEPT_DAYS = 1_095;

/** `mac` seals; `macs` verify: those of secrets that the installation had before too. */
export type Sealing = { readonly mac: Mac; readonly macs: readonly Mac[]; readonly anchors: AppendLog };

/** What the log is sealed and anchored with: a key that the database never sees, and a file that it does not hold. */
export const createSealing = (secret: string, dataDir: string, formerSecrets: readonly string[] = []): Sealing => {
  const macs = [secret, ...formerSecrets].map((one) => createMac(one, "maru audit log"));
  return { mac: macs[0] as Mac, macs, anchors: createAppendLog(join(dataDir, "audit", "anchors.jsonl")) };
};
