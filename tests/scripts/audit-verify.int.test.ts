import { spawn } from "node:child_process";
import { createSealing } from "@maru/api/audit/service";
import { createTestMaru, type TestMaru } from "@maru/api/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyAuditLog } from "../../apps/worker/src/audit-verification";
import { readVerifyEnv } from "../../apps/worker/src/env";
import { openTestLog } from "../../packages/api/src/modules/audit/testing/log";
import { inRepository } from "../../scripts/stack/repository.mjs";
import { scratchFolder } from "./scratch-folder";

const SECRET = "the secret of an installation in a test";
let maru: TestMaru;
let log: ReturnType<typeof openTestLog>;
beforeAll(async () => {
  maru = await createTestMaru();
  log = openTestLog(maru, { ...createSealing(SECRET, maru.dataDir), keptDays: 366 });
  await log.write(1_200);
  await log.seal();
});
afterAll(() => maru.stop());

const run = (program: string, env: Record<string, string>): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [inRepository(program)], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("close", (code) => resolve({ code, output }));
  });
const settings = (env: Record<string, string>) => ({
  DATABASE_URL: maru.databaseUrl,
  MARU_DATA_DIR: maru.dataDir,
  MARU_SECRET: SECRET,
  ...env,
});
const verify = (env: Record<string, string> = {}) => run("apps/worker/dist/audit-verify.js", settings(env));
/** The same in this process, without the program around it. */
const verifyHere = async (env: Record<string, string> = {}) => {
  const lines: string[] = [];
  const isWhole = await verifyAuditLog(readVerifyEnv(settings(env)), (line) => void lines.push(line));
  return { isWhole, output: lines.join("\n") };
};

it("ends with 0 when the log is whole, and says what it can't see", async () => {
  const first = await verify();
  expect((await verifyHere()).isWhole).toBe(true);
  expect(first.output).toMatch(/^1,200 sealed entries were read in \d+\.\d s; the last number is 1,200\.\nNone was changed/);
  expect(first.output).toContain("There is no anchor");
  expect(first.code).toBe(0);
  await log.anchor();
  expect((await verify()).output).toMatch(/The last anchor is of 2\S+, number 1,200/);
});

it("ends with 1 when it was tampered with, and names each place", async () => {
  await log.tamper(
    "UPDATE audit_entry SET action = 'x' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 7)",
    "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE seq > 1100)",
    "DELETE FROM audit_seal WHERE seq > 1100",
  );
  const { isWhole, output } = await verifyHere();
  expect(isWhole).toBe(false);
  expect(output).toMatch(/2 findings:\n {2}Number 7: the entry or its seal was changed.*\n {2}Number 1,101 to 1,200: an anchor has seen/);
  expect(await verify()).toEqual({ code: 1, output: expect.stringContaining("2 findings") });
});

it("says that the secret may be another one", async () => {
  const { isWhole, output } = await verifyHere({ MARU_SECRET: "x".repeat(40) });
  expect([isWhole, output]).toEqual([false, expect.stringContaining("MARU_FORMER_SECRETS")]);
  expect((await verifyHere({ MARU_SECRET: "x".repeat(40), MARU_FORMER_SECRETS: SECRET })).output).toContain("2 findings");
});

it("ends with 2 when it could not find out, in a sentence", async () => {
  const away = await verify({ DATABASE_URL: "postgresql://maru:maru@127.0.0.1:1/maru" });
  expect([away.code, away.output]).toEqual([2, expect.stringMatching(/^The audit log could not be verified: \S.*\n$/)]);
  expect((await verify({ MARU_SECRET: "short" })).code).toBe(2);
  const empty = await verify({ DATABASE_URL: process.env.MARU_TEST_DATABASE_URL ?? "" });
  expect([empty.code, empty.output]).toEqual([2, expect.stringContaining("was not brought to this version")]);
});

it("looks for a running Maru of the data folder, and says when there is none", async () => {
  const folder = scratchFolder();
  const { code, output } = await run("scripts/audit-verify.mjs", { DATABASE_URL: "", MARU_DATA_DIR: folder });
  expect([code, output]).toEqual([2, expect.stringContaining(`No Maru runs with the data folder ${folder}: start it with npm start`)]);
});
