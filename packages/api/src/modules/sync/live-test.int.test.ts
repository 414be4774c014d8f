import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { testServers } from "@maru/db/testing/env";
import { newId } from "@maru/platform/crypto/id";
import { useDirectory } from "@maru/platform/ldap/testing/directory";
import { createLog } from "@maru/platform/log";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baseDn } from "../../../../../scripts/stack/directory-organisation.mjs";
import { createActor, createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import type { TestStepView } from "./contract";
import { startDueRuns } from "./service/start-due";
import { workerContext } from "./testing/runs";

const directory = useDirectory("openldap");
const CANARY = "a-password-that-stands-nowhere";
const written: string[] = [];
let now = new Date("2026-11-21T00:00:00Z");
let test: TestMaru;
beforeAll(async () => {
  const log = createLog({ service: "test", level: "trace", destination: { write: (line: string) => void written.push(line) } });
  test = await createTestMaru({ clock: () => now, log });
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const admin = () => test.as(test.actors.admin).sync;
const settings = (password = directory().settings.password) => {
  const { url, startTls, ca, bindDn } = directory().settings;
  const mapping = { attributes: { username: "uid", name: "displayName", email: "mail" } };
  return { kind: "OPENLDAP" as const, url, startTls, ca, bindDn, password, baseDn, filter: "(objectClass=inetOrgPerson)", mapping };
};
const watch = async (ticket: string): Promise<TestStepView[]> => {
  const steps: TestStepView[] = [];
  for await (const step of await admin().watchTest({ ticket })) steps.push(step);
  return steps;
};
const said = (steps: readonly TestStepView[]) => steps.map(({ stage: { stage, state } }) => `${stage} ${state}`);
const lastEntry = () => test.db.auditEntry.findFirstOrThrow({ where: { action: "sync.source.test" }, orderBy: { id: "desc" } });

describe("a test that is watched", () => {
  it("tells each stage as it is done, and the whole of it is what scripts are told at once", async () => {
    const { ticket } = await admin().beginTest(settings());
    const stream = (await admin().watchTest({ ticket }))[Symbol.asyncIterator]();
    const first = await stream.next();
    // The first one is told while nobody has bound yet: what comes behind it was not waited for.
    expect(first.value?.stage).toMatchObject({ stage: "name", state: "passed" });
    const rest: TestStepView[] = [];
    for (let step = await stream.next(); !step.done; step = await stream.next()) rest.push(step.value);
    const atOnce = await admin().testSource(settings());
    expect(["name passed", ...said(rest)]).toEqual(atOnce.stages.map(({ stage, state }) => `${stage} ${state}`));
    expect(atOnce).toMatchObject({ isPassed: true });
    expect(rest.at(-1)?.samples).toEqual(atOnce.samples);
    expect((await lastEntry()).details).toMatchObject({ isPassed: true, failed: null });
  });

  it("stops where it fails, and is on record also when nobody waits for its end", async () => {
    const wrong = await admin().beginTest(settings("not the password"));
    const steps = await watch(wrong.ticket);
    expect(steps.find(({ stage }) => stage.state === "failed")?.stage).toMatchObject({ stage: "bind", code: "badPassword" });
    expect(said(steps).slice(-4)).toEqual(["server skipped", "base skipped", "filter skipped", "mapping skipped"]);
    expect((await lastEntry()).details).toMatchObject({ isPassed: false, failed: "bind", code: "badPassword" });
    const entries = () => test.db.auditEntry.count({ where: { action: "sync.source.test" } });
    const before = await entries();
    const { ticket } = await admin().beginTest(settings());
    for await (const _step of await admin().watchTest({ ticket })) break;
    await expect.poll(entries).toBe(before + 1);
    expect((await lastEntry()).details).toMatchObject({ isPassed: false, failed: null });
  });
});

describe("a ticket", () => {
  it("opens one test, once, for the session that has asked for it, within a minute", async () => {
    const second = await createActor(test.db, { name: "다른 관리자", permissions: ["sync.manage"] });
    const { ticket } = await admin().beginTest(settings());
    expect(await refusal(test.as(second).sync.watchTest({ ticket }))).toBe("sync.testNotFound");
    expect(said(await watch(ticket))).toContain("bind passed");
    expect(await refusal(admin().watchTest({ ticket }))).toBe("sync.testNotFound");

    const late = await admin().beginTest(settings());
    now = new Date(now.getTime() + 60_001);
    expect(await refusal(admin().watchTest(late))).toBe("sync.testNotFound");
    expect(await test.db.syncTest.count()).toBe(1);
    await startDueRuns(workerContext(test));
    expect(await test.db.syncTest.count()).toBe(0);

    const former = await admin().beginTest(settings());
    await admin().beginTest(settings());
    expect(await refusal(admin().watchTest(former))).toBe("sync.testNotFound");
    expect(await test.db.syncTest.count()).toBe(1);
  });

  it("is for those who manage directories, after the same checks as a test at once", async () => {
    const { ticket } = await admin().beginTest(settings());
    for (const actor of [test.actors.member, test.actors.departmentAdmin]) {
      expect(await refusal(test.as(actor).sync.beginTest(settings()))).toBe("common.forbidden");
      expect(await refusal(test.as(actor).sync.watchTest({ ticket }))).toBe("common.forbidden");
    }
    expect(await refusal(test.as(null).sync.watchTest({ ticket }))).toBe("common.signInRequired");
    const { password: _password, ...without } = settings();
    for (const [input, code] of [
      [{ ...settings(), filter: "(&(objectClass=user)" }, "sync.filterInvalid"],
      [{ ...settings(), url: "ldap://dc.example" }, "sync.encryptionNeeded"],
      [{ ...settings(), id: newId() }, "sync.sourceNotFound"],
      [without, "sync.passwordNeeded"],
      [{ ...settings(), baseDn: "" }, "common.invalidInput"],
    ] as const)
      expect(await refusal(admin().beginTest(input))).toBe(code);
    expect(await refusal(admin().watchTest({ ticket: "short" }))).toBe("common.invalidInput");
  });

  it("keeps the password out of what is answered, kept, logged and sent to Redis", async () => {
    const { hostname, port, password } = new URL(testServers().redisUrl);
    let commands = "";
    const monitor = connect(Number(port), hostname, () => monitor.write(`${password ? `AUTH ${password}\r\n` : ""}MONITOR\r\n`));
    monitor.on("data", (heard: Buffer) => {
      commands += heard.toString();
    });
    await expect.poll(() => commands).toMatch(password ? /\+OK\r\n\+OK/u : /\+OK/u);
    try {
      const { ticket } = await admin().beginTest(settings(CANARY));
      const row = await test.db.syncTest.findFirstOrThrow();
      expect([ticket.includes(CANARY), row.secretHash === ticket, row.sealed.startsWith("v1.")]).toEqual([false, false, true]);
      const steps = await watch(ticket);
      expect(said(steps)).toContain("bind failed");
      await wait(50);
      const kept = [await test.db.syncTest.findMany(), await test.db.auditEntry.findMany(), await test.db.outbox.findMany()];
      const texts = { row, steps, kept, written, commands };
      for (const [place, text] of Object.entries(texts)) expect(JSON.stringify(text).includes(CANARY), place).toBe(false);
    } finally {
      monitor.destroy();
    }
  });
});
