import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import type { RunView, SaveSourceInput } from "./contract";
import { executeRun } from "./service/execute";
import { secretPlace } from "./service/read-directory";
import { startDueRuns } from "./service/start-due";
import { complete, desiredPerson } from "./testing/people";
import { createListSource, reading, runSync, workerContext } from "./testing/runs";

let test: TestMaru;
let now = new Date("2026-11-21T00:00:00Z");
beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const admin = () => test.as(test.actors.admin).sync;
const PASSWORD = "bind-password-canary";
const settings = (changes: Partial<SaveSourceInput> = {}) => ({
  kind: "AD" as const,
  name: `디렉터리 ${newId()}`,
  url: "ldaps://dc.example",
  bindDn: "cn=reader,dc=example",
  password: PASSWORD,
  baseDn: "dc=example",
  filter: "(objectClass=user)",
  mapping: { attributes: { username: "sAMAccountName", name: "displayName" } },
  ...changes,
});

describe("a source", () => {
  it("is kept with its password sealed for its row, and never shown", async () => {
    const saved = await admin().saveSource(settings());
    const row = await test.db.syncSource.findUniqueOrThrow({ where: { id: saved.id } });
    expect(row.secret).not.toContain(PASSWORD);
    expect(test.maru.tools.keyring.open(row.secret ?? "", secretPlace(row.id))).toBe(PASSWORD);
    expect(() => test.maru.tools.keyring.open(row.secret ?? "", secretPlace(newId()))).toThrow();
    const told = JSON.stringify([
      saved,
      await admin().getSource({ id: saved.id }),
      await admin().listSources({}),
      await admin().getStatus({}),
    ]);
    const kept = JSON.stringify([await test.db.auditEntry.findMany(), await test.db.outbox.findMany()]);
    for (const text of [told, kept]) expect([text.includes(PASSWORD), text.includes(row.secret ?? "")]).toEqual([false, false]);
  });

  it("keeps its password when something else is saved, and asks for it again for another server or account", async () => {
    const { password: _password, ...rest } = settings();
    const { id } = await admin().saveSource({ ...rest, password: PASSWORD });
    expect(await admin().saveSource({ ...rest, id, version: 1, baseDn: "ou=people,dc=example" })).toMatchObject({
      version: 2,
      hasPassword: true,
    });
    for (const changed of [{ url: "ldaps://evil.example" }, { url: "ldaps://dc.example:1636" }, { startTls: true }, { bindDn: "cn=other" }])
      expect(await refusal(admin().saveSource({ ...rest, ...changed, id, version: 2 }))).toBe("sync.passwordNeeded");
    const row = await test.db.syncSource.findUniqueOrThrow({ where: { id } });
    expect(test.maru.tools.keyring.open(row.secret ?? "", secretPlace(id))).toBe(PASSWORD);
    expect(await refusal(admin().saveSource({ ...settings(), id, version: 1 }))).toBe("sync.sourceChanged");
    expect(await refusal(admin().saveSource(settings({ name: rest.name })))).toBe("sync.nameTaken");
  });

  it.each<[string, Partial<SaveSourceInput>]>([
    ["sync.filterInvalid", { filter: "(&(objectClass=user)" }],
    ["sync.encryptionNeeded", { url: "ldap://dc.example" }],
    ["sync.authorityInvalid", { ca: "no certificate" }],
    ["sync.departmentUnknown", { rootDepartmentId: newId() }],
    ["sync.sourceNotFound", { id: newId() }],
    ["common.invalidInput", { url: "https://dc.example" }],
    ["common.invalidInput", { url: "ldaps://user:secret@dc.example/path" }],
    ["common.invalidInput", { filter: "" }],
  ])("that could never work is refused: %s", async (code, changes) =>
    expect(await refusal(admin().saveSource(settings(changes)))).toBe(code),
  );

  it("is seen and changed by those who manage it alone", async () => {
    const { id } = await admin().saveSource(settings());
    for (const actor of [test.actors.member, test.actors.departmentAdmin]) {
      const hers = test.as(actor).sync;
      for (const call of [
        hers.listSources({}),
        hers.getSource({ id }),
        hers.saveSource(settings()),
        hers.deleteSource({ id }),
        hers.startRun({}),
      ])
        expect(await refusal(call)).toBe("common.forbidden");
    }
    expect(await refusal(test.as(null).sync.getConfig({}))).toBe("common.signInRequired");
    expect(await admin().deleteSource({ id })).toEqual({ done: true });
    expect(await refusal(admin().getSource({ id }))).toBe("sync.sourceNotFound");
  });

  it("is the first one for scripts, made where there is none", async () => {
    await test.db.syncSource.deleteMany({});
    expect([await admin().getConfig({}), await admin().getStatus({})]).toEqual([{ source: null }, { source: null, run: null }]);
    const { source } = await admin().saveConfig(settings({ name: "본사" }));
    expect(await admin().saveConfig(settings({ name: "본사 2" }))).toMatchObject({
      source: { id: source?.id, name: "본사 2", version: 2 },
    });
    const run = await admin().startRun({});
    expect(run).toMatchObject({ sourceId: source?.id, isDryRun: true, isFull: true, state: "QUEUED" });
    expect(await admin().getStatus({})).toMatchObject({ run: { id: run.id } });
    expect((await admin().listRuns({})).items.map(({ id }) => id)).toEqual([run.id]);
    await admin().cancelRun({ id: run.id });
  });
});

describe("the items of a run", () => {
  it("are read page by page, by what they do, how they ended and whom they are about", async () => {
    const sourceId = await createListSource(test);
    const people = Array.from({ length: 25 }, (_, at) => desiredPerson(`page${String(at).padStart(2, "0")}`));
    const { id: runId } = await runSync(test, sourceId, reading(complete(people)));
    const seen: string[] = [];
    for (let cursor: number | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await admin().listItems({ runId, limit: 10, cursor });
      seen.push(...page.items.map(({ externalId }) => externalId));
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(people.map(({ externalId }) => externalId));
    const count = async (filter: object) => (await admin().listItems({ runId, limit: 100, ...filter })).items.length;
    expect([
      await count({ action: "CREATE" }),
      await count({ action: "UPDATE" }),
      await count({ status: "APPLIED", target: "PERSON" }),
    ]).toEqual([25, 0, 25]);
    expect([await count({ q: "이름 page1" }), await count({ q: "%" }), await count({ isHeld: true })]).toEqual([10, 0, 0]);
    expect(await refusal(admin().listItems({ runId: newId() }))).toBe("sync.runNotFound");
  });
});

describe("a run that somebody watches", () => {
  it("is told as it goes on, and ends with it", async () => {
    const sourceId = await createListSource(test);
    const { id } = await admin().startRun({ sourceId, isDryRun: false });
    const seen: RunView[] = [];
    const watching = (async () => {
      for await (const view of await admin().watchRun({ id })) seen.push(view);
    })();
    await expect.poll(() => seen.length).toBe(1);
    await executeRun(workerContext(test), id, new AbortController().signal, reading(complete([desiredPerson("watched")])));
    await watching;
    expect([seen[0]?.state, seen.at(-1)?.state]).toEqual(["QUEUED", "DONE"]);
    expect(await refusal(admin().watchRun({ id: newId() }))).toBe("sync.runNotFound");
  });
});

describe("the schedule", () => {
  const due = () => startDueRuns(workerContext(test));
  const runsOf = async (sourceId: string) =>
    (await test.db.syncRun.findMany({ where: { sourceId }, orderBy: { id: "asc" } })).map(({ isFull, isDryRun, state }) => ({
      isFull,
      isDryRun,
      state,
    }));

  it("begins a run when its time has come, one at a time, everything once a day", async () => {
    now = new Date("2026-11-21T16:00:00Z");
    const { id } = await admin().saveSource(settings({ isEnabled: true, deltaMinutes: 15, fullAtMinute: 120 }));
    const source = await test.db.syncSource.findUniqueOrThrow({ where: { id } });
    await test.db.syncSource.update({ where: { id }, data: { usn: "1", seenScope: "x" } });
    expect([source.nextDeltaAt, source.nextFullAt]).toEqual([new Date("2026-11-21T16:15:00Z"), new Date("2026-11-21T17:00:00Z")]);
    await due();
    expect(await runsOf(id)).toEqual([]);
    now = new Date("2026-11-21T16:15:00Z");
    await due();
    await due();
    expect(await runsOf(id)).toEqual([{ isFull: true, isDryRun: false, state: "QUEUED" }]);
    // Nobody works at it and its job is not lost: it is asked for again, which is the same job.
    await test.db.syncRun.updateMany({ where: { sourceId: id }, data: { state: "DONE" } });
    now = new Date("2026-11-21T17:00:00Z");
    await due();
    expect(await runsOf(id)).toHaveLength(2);
    expect(await test.db.syncSource.findUniqueOrThrow({ where: { id } })).toMatchObject({
      nextDeltaAt: new Date("2026-11-21T17:15:00Z"),
      nextFullAt: new Date("2026-11-22T17:00:00Z"),
    });
  });

  it("forgets the items of runs that are long over", async () => {
    const sourceId = await createListSource(test);
    const { id } = await runSync(test, sourceId, reading(complete([desiredPerson("forgotten")])));
    now = new Date(now.getTime() + 89 * 86_400_000);
    await due();
    expect(await test.db.syncRunItem.count({ where: { runId: id } })).toBe(1);
    now = new Date(now.getTime() + 2 * 86_400_000);
    for (let turn = 0; turn < 5; turn += 1) await due();
    expect(await test.db.syncRunItem.count({ where: { runId: id } })).toBe(0);
    expect(await test.db.syncRun.count({ where: { id } })).toBe(1);
  });
});
