import type { VerificationView } from "@maru/api/audit/contract";
import { createSealing, findLastAnchor, verifyLog } from "@maru/api/audit/service";
import { openDatabase } from "@maru/db/client";
import type { readVerifyEnv } from "./env";

type Finding = VerificationView["findings"][number];
type VerifyEnv = ReturnType<typeof readVerifyEnv>;
type Say = (text: string) => void;

const count = (value: number): string => value.toLocaleString("en-US");

const SENTENCES: Readonly<Record<Finding["kind"], string>> = {
  altered: "the entry or its seal was changed, or was put at the end",
  deleted: "gone, with or without the seal",
  inserted: "put in between others",
  swapped: "these two have changed places",
  cut: "an anchor has seen this part of the log, and it is gone or was replaced",
  backdated: "written long after the time that it tells",
  unsealed: "waits for its seal for more than a minute: it was put in, or the worker does not run",
  checkpoint: "what says that retention took away everything up to here is forged",
  key: "nothing was sealed with this MARU_SECRET: give former ones in MARU_FORMER_SECRETS, or else everything was replaced",
};

const describe = ({ kind, seq, toSeq, entryId }: Finding): string => {
  const joint = kind === "swapped" ? "and" : "to";
  const place = seq === null ? "Without a number" : `Number ${count(seq)}${toSeq === null ? "" : ` ${joint} ${count(toSeq)}`}`;
  return `  ${place}: ${SENTENCES[kind]}${entryId === null ? "" : ` (entry ${entryId})`}.`;
};

const report = (found: VerificationView, seconds: number, say: Say): void => {
  say(`${count(found.checked)} sealed entries were read in ${seconds.toFixed(1)} s; the last number is ${count(found.lastSeq)}.`);
  if (found.findingCount === 0) say("None was changed, taken away, put in or exchanged.");
  else say(`${count(found.findingCount)} ${found.findingCount === 1 ? "finding" : "findings"}:`);
  for (const finding of found.findings) say(describe(finding));
  if (found.findingCount > found.findings.length) say(`  … and ${count(found.findingCount - found.findings.length)} more.`);
};

/** Verifies the audit log beside a running Maru, or without one, and tells what it found. True when the log is whole. */
export const verifyAuditLog = async (env: VerifyEnv, say: Say, onProgress: (checked: number) => void = () => {}): Promise<boolean> => {
  const sealing = createSealing(env.MARU_SECRET, env.MARU_DATA_DIR, env.MARU_FORMER_SECRETS);
  const database = openDatabase({
    url: env.DATABASE_URL,
    poolSize: 2,
    applicationName: "maru audit:verify",
    // Nobody waits: a long log on a slow disk is read all the same.
    statementTimeoutMs: 300_000,
    onError: () => {},
  });
  try {
    const began = performance.now();
    const found = await verifyLog({ pool: database.pool, ...sealing, now: () => new Date() }, { onProgress });
    report(found, (performance.now() - began) / 1_000, say);
    const anchor = await findLastAnchor(sealing.anchors);
    if (anchor) say(`The last anchor is of ${anchor.at}, number ${count(anchor.seq)}: an end that was cut off behind it can't be seen.`);
    else say(`There is no anchor in ${env.MARU_DATA_DIR}/audit: an end that was cut off can't be seen.`);
    return found.findingCount === 0;
  } finally {
    await database.close();
  }
};
