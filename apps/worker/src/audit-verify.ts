import { verifyAuditLog } from "./audit-verification";
import { readVerifyEnv } from "./env";

// `npm run audit:verify`: ends with 0 when the log is whole, with 1 when it is not, with 2 when that could not be found out.

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const showProgress = (checked: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${checked.toLocaleString("en-US")} entries\r`);
};

try {
  process.exitCode = (await verifyAuditLog(readVerifyEnv(), say, showProgress)) ? 0 : 1;
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  const isUnprepared = code === "42P01";
  process.stderr.write(
    `The audit log could not be verified: ${isUnprepared ? "the database was not brought to this version" : message || code}\n`,
  );
  process.exitCode = 2;
}
