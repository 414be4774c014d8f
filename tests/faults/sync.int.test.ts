import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startTestDirectory, type TestDirectory } from "../../scripts/stack/directory.mjs";
import { baseDn, dnOf, groupDn, ldifEntry, manyPeople, unitDn } from "../../scripts/stack/directory-organisation.mjs";
import { until } from "./fault-stack";
import { type House, openLine, type SyncStage, startSyncStage } from "./sync-stage";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });

/** Half a minute until the lease and the hold on the job are over, and one more attempt where the job came back before the lease was. */
const RECOVERED_WITHIN_MS = 90_000;
const PEOPLE = 21 + 1_501;
/** As many items as are written, and applied, at once. */
const CHUNK = 1_000;

let stage: SyncStage;
/** Two of the same: nothing happens to the first. */
let directory: TestDirectory | string;
let unlucky: TestDirectory | string;
/** What stands before a run that is disturbed: a source that somebody has looked at, and nobody of it. */
let prepared: { readonly admin: House["admin"]; readonly sourceId: string; readonly planned: Readonly<Record<string, number>> };

beforeAll(async () => {
  [directory, unlucky, stage] = await Promise.all([startTestDirectory("openldap"), startTestDirectory("openldap"), startSyncStage()]);
  if (typeof directory === "string") return;
  const house = await stage.build();
  const { id: sourceId } = await house.sync.saveSource(await settingsOf(house, directory));
  await house.startWorker();
  const preview = await house.run(sourceId, { isDryRun: true });
  expect(preview).toMatchObject({ state: "DONE", counts: { "PERSON.CREATE": PEOPLE } });
  prepared = { admin: house.admin, sourceId, planned: preview.counts };
  await house.close();
});
beforeEach(({ skip }) => {
  if (typeof directory === "string") skip(directory);
});
afterAll(async () => {
  await stage?.stop();
  for (const one of [directory, unlucky]) if (typeof one === "object") await one.stop();
});

const settingsOf = async (house: House, { settings }: TestDirectory, url = settings.url) => {
  const { startTls, ca, bindDn, password } = settings;
  const { id: roleId } = await house.db.role.findUniqueOrThrow({ where: { key: "guest" } });
  const mapping = {
    attributes: { username: "uid", name: "displayName", email: "mail", employeeNo: "employeeNumber", manager: "manager" },
    departmentsFrom: "OU" as const,
    units: [{ dn: unitDn("그룹"), departmentId: null }],
    groups: [{ dn: groupDn("everybody"), roleId }],
  };
  const server = { kind: "OPENLDAP" as const, name: `디렉터리 ${url}`, url, startTls, ca, bindDn, password };
  return { ...server, baseDn, filter: "(objectClass=inetOrgPerson)", mapping };
};

/** What was written about the organisation: how often each action, and to how many different people, accounts or departments. */
const writtenIn = async ({ pool }: House) => {
  const { rows } = await pool.query<{ action: string; times: number; subjects: number }>(
    `SELECT action, count(*)::int AS times, count(DISTINCT subject_id)::int AS subjects FROM audit_entry
     WHERE action ~ '^(directory|identity)[.]' GROUP BY action ORDER BY action`,
  );
  return Object.fromEntries(rows.map(({ action, times, subjects }) => [action, { times, subjects }]));
};

/** How the people of a source stand, and the links with them. */
const standingOf = async ({ pool }: House, sourceId: string) => {
  const { rows } = await pool.query<Record<string, number>>(
    `SELECT count(*)::int AS links, count(DISTINCT p.id)::int AS people, count(DISTINCT a.username)::int AS accounts,
       (count(*) FILTER (WHERE p.state = 'ACTIVE' AND a.state = 'ACTIVE'))::int AS active, count(l.missing_since)::int AS missing,
       count(p.manager_id)::int AS led, (SELECT count(*)::int FROM role_assignment WHERE source_id = $1) AS roles,
       (SELECT count(*)::int FROM account) AS "allAccounts"
     FROM sync_link l JOIN person p ON p.id = l.person_id JOIN account a ON a.person_id = p.id WHERE l.source_id = $1`,
    [sourceId],
  );
  return rows[0];
};
const countItems = ({ db }: House, runId: string, status: "PLANNED" | "APPLIED") => db.syncRunItem.count({ where: { runId, status } });

type Phase = {
  readonly name: string;
  /** What somebody else holds, so that a worker waits in the middle of this phase of a run. */
  readonly held: (runId: string) => string;
  /** It holds planned items, which are not there from the beginning: until they are, the worker waits for something else. */
  readonly isOfItems: boolean;
  readonly state: "READING" | "APPLYING" | "LINKING";
  /** What stands when the worker is gone. */
  readonly stands: (planned: Readonly<Record<string, number>>) => {
    readonly planned: number;
    readonly applied: number;
    readonly links: number;
  };
};
const sumOf = (planned: Readonly<Record<string, number>>, ...targets: readonly string[]): number =>
  Object.entries(planned).reduce((sum, [key, count]) => sum + (targets.some((target) => key.startsWith(`${target}.`)) ? count : 0), 0);
const ALL = ["DEPARTMENT", "PERSON", "MANAGER", "ROLE"];
// The last statement of a set's transaction names its items: everything of it is written then, and nothing is committed.
const lastItemOf = (target: string) => (runId: string) =>
  `SELECT 1 FROM sync_run_item WHERE run_id = '${runId}' AND target = '${target}' ORDER BY seq DESC LIMIT 1 FOR UPDATE`;
const standsWith = (planned: Readonly<Record<string, number>>, applied: number, links: number) => ({
  planned: sumOf(planned, ...ALL) - applied,
  applied,
  links,
});

const PHASES: readonly Phase[] = [
  {
    name: "reading, with the units read and the people not",
    held: () => "LOCK TABLE sync_link IN ACCESS EXCLUSIVE MODE",
    isOfItems: false,
    state: "READING",
    stands: () => ({ planned: 0, applied: 0, links: 0 }),
  },
  {
    name: "comparing, between two sets of what differs",
    held: (runId) =>
      `INSERT INTO sync_run_item (run_id, seq, target, action, external_id, label) VALUES ('${runId}', ${CHUNK}, 'ROLE', 'GRANT', '', '')`,
    isOfItems: false,
    state: "READING",
    stands: () => ({ planned: CHUNK, applied: 0, links: 0 }),
  },
  {
    name: "applying, with the first chunk of the people committed and the second only written",
    held: lastItemOf("PERSON"),
    isOfItems: true,
    state: "APPLYING",
    stands: (planned) => standsWith(planned, sumOf(planned, "DEPARTMENT") + CHUNK, CHUNK),
  },
  {
    name: "linking managers, with the first chunk committed and the second only written",
    held: lastItemOf("MANAGER"),
    isOfItems: true,
    state: "LINKING",
    stands: (planned) => standsWith(planned, sumOf(planned, "DEPARTMENT", "PERSON") + CHUNK, PEOPLE),
  },
  {
    name: "giving roles, with the first chunk committed and the second only written",
    held: lastItemOf("ROLE"),
    isOfItems: true,
    state: "LINKING",
    stands: (planned) => standsWith(planned, sumOf(planned, "DEPARTMENT", "PERSON", "MANAGER") + CHUNK, PEOPLE),
  },
  {
    name: "recording how it ended",
    held: (runId) => `SELECT 1 FROM sync_source s JOIN sync_run r ON r.source_id = s.id WHERE r.id = '${runId}' FOR NO KEY UPDATE OF s`,
    isOfItems: false,
    state: "LINKING",
    stands: (planned) => standsWith(planned, sumOf(planned, ...ALL), PEOPLE),
  },
];

/** Has a worker do a run until it waits in the middle of a phase, and kills it there. */
const killIn = async (house: House, runId: string, { held, isOfItems }: Phase): Promise<void> => {
  const doorway = isOfItems ? await house.hold("LOCK TABLE department IN SHARE MODE") : null;
  const early = doorway ? null : await house.hold(held(runId));
  const worker = await house.startWorker();
  await doorway?.untilAwaited();
  const hold = early ?? (await house.hold(held(runId)));
  await doorway?.letGo();
  await hold.untilAwaited();
  worker.kill("SIGKILL");
  await until("the worker is gone", async () => !worker.isRunning(), 5_000);
  await hold.letGo();
};

/** Each has its own installation. What a dead worker held runs out while the next tests go on; how the runs end is looked at last. */
const interrupted = new Map<string, { readonly house: House; readonly runId: string }>();

describe("a worker that is killed with -9", () => {
  it.each(PHASES)("while $name, leaves what is committed and nothing else", async (phase) => {
    const { admin, sourceId, planned } = prepared;
    const house = await stage.copy(admin);
    const { id } = await house.sync.startRun({ sourceId, isDryRun: false });
    await killIn(house, id, phase);
    expect(await house.sync.getRun({ id })).toMatchObject({ state: phase.state, failure: null, finishedAt: null });
    const { links } = (await standingOf(house, sourceId)) ?? {};
    expect({ planned: await countItems(house, id, "PLANNED"), applied: await countItems(house, id, "APPLIED"), links }).toEqual(
      phase.stands(planned),
    );
    await house.startWorker();
    interrupted.set(phase.name, { house, runId: id });
  });
});

describe("a directory", () => {
  let house: House;
  let sourceId: string;
  let line: Awaited<ReturnType<typeof openLine>>;
  /** How much a whole reading is. */
  let wholeBytes: number;
  let before: unknown;
  const its = (): TestDirectory => unlucky as TestDirectory;
  const state = async () => [await writtenIn(house), await standingOf(house, sourceId)];
  const run = () => house.run(sourceId, { isDryRun: false });
  beforeAll(async () => {
    if (typeof unlucky === "string") return;
    const { hostname, port } = new URL(unlucky.settings.url.replace("ldaps:", "http:"));
    line = await openLine(hostname, Number(port));
    house = await stage.copy(prepared.admin);
    sourceId = (await house.sync.saveSource(await settingsOf(house, unlucky, line.url))).id;
    await house.startWorker();
    await house.run(sourceId, { isDryRun: true });
    wholeBytes = line.countBytes();
    expect(await run()).toMatchObject({ state: "DONE", counts: prepared.planned });
    before = await state();
  });
  afterAll(() => line?.close());

  it("that is frozen and killed in the middle of a reading is no proof that anybody is gone", async () => {
    line.holdAfter(wholeBytes * 0.6);
    const { id } = await house.sync.startRun({ sourceId, isDryRun: false });
    await until("more than half is read", async () => line.isHeld(), 30_000);
    const pid = Number(await readFile(join(its().folder, "run", "slapd.pid"), "utf8"));
    process.kill(pid, "SIGSTOP");
    line.letGo();
    process.kill(pid, "SIGKILL");
    const failed = await house.ended(id, 30_000);
    expect(failed).toMatchObject({ state: "FAILED", failure: "unavailable", counts: {}, total: 0, can: { approve: false, cancel: false } });
    expect([await house.db.syncRunItem.count({ where: { runId: id } }), await state()]).toEqual([0, before]);
    await its().halt();
    await its().resume();
    expect(await run()).toMatchObject({ state: "DONE", counts: {}, total: 0 });
  });

  it("of which the base DN is wrong changes nobody: one that is not there, and one that is another one", async () => {
    const settings = await settingsOf(house, its(), line.url);
    const save = async (base: string) => {
      const { version } = await house.sync.getSource({ id: sourceId });
      await house.sync.saveSource({ ...settings, id: sourceId, version, baseDn: base });
    };
    await save(`OU=없는 곳,${baseDn}`);
    expect(await run()).toMatchObject({ state: "FAILED", failure: "baseUnknown", counts: {} });
    await save(unitDn("그룹"));
    const waiting = await run();
    expect(waiting).toMatchObject({ state: "WAITING_APPROVAL", can: { approve: true, cancel: true } });
    expect(waiting.held.map(({ reason }) => reason)).toEqual(expect.arrayContaining(["nothingRead", "deactivations", "scopeChanged"]));
    expect([await countItems(house, waiting.id, "APPLIED"), await state()]).toEqual([0, before]);
    await house.sync.cancelRun({ id: waiting.id });
    await save(baseDn);
    await house.run(sourceId, { isDryRun: true });
    expect(await run()).toMatchObject({ state: "DONE", counts: {} });
  });

  it("of which half of the people are gone has nobody sent away, however often it is read", async () => {
    const half = manyPeople(1_501).filter((_person, at) => at % 2 === 0);
    await its().change(half.map(({ cn, unit }) => ldifEntry(dnOf("CN", cn ?? "", unitDn(unit)), { changetype: "delete" })).join(""));
    for (let time = 0; time < 2; time += 1) {
      const waiting = await run();
      expect(waiting).toMatchObject({ state: "WAITING_APPROVAL", can: { approve: true, cancel: true } });
      expect(waiting.held).toContainEqual({ reason: "deactivations", count: half.length, of: PEOPLE });
      expect(await standingOf(house, sourceId)).toMatchObject({ links: PEOPLE, active: PEOPLE, missing: 0, roles: half.length * 2 - 1 });
    }
    expect(Object.keys(await writtenIn(house)).filter((action) => /deactivat|disable|revoke/u.test(action))).toEqual([]);
  });
});

describe("a run whose worker was killed", () => {
  it.each(PHASES)("while $name, is ended by the next worker, with everything done once", async ({ name }) => {
    const { sourceId, planned } = prepared;
    const { house, runId } = interrupted.get(name) ?? {};
    if (!house || !runId) throw new Error("it was never interrupted");
    const total = sumOf(planned, ...ALL);
    const done = await house.ended(runId, RECOVERED_WITHIN_MS);
    expect(done).toMatchObject({ state: "DONE", counts: planned, done: total, total, held: [], failure: null });
    expect([await countItems(house, runId, "PLANNED"), await countItems(house, runId, "APPLIED")]).toEqual([0, total]);
    const [led, roles] = [sumOf(planned, "MANAGER"), sumOf(planned, "ROLE")];
    const everybody = { links: PEOPLE, people: PEOPLE, accounts: PEOPLE, active: PEOPLE, missing: 0, led, roles };
    // The administrator is the only one whom the directory does not know.
    expect(await standingOf(house, sourceId)).toEqual({ ...everybody, allAccounts: PEOPLE + 1 });
    const once = (times: number) => ({ times, subjects: times });
    const written = {
      "directory.department.create": once(sumOf(planned, "DEPARTMENT")),
      "directory.person.change": once(led),
      "directory.person.create": once(PEOPLE),
      "directory.person.move": once(PEOPLE),
      "identity.account.assign-role": once(roles),
      "identity.account.create": once(PEOPLE),
    };
    expect(await writtenIn(house)).toEqual(written);
    expect(await house.db.auditEntry.count({ where: { subjectId: runId, action: "sync.run.finish" } })).toBe(1);

    expect(await house.run(sourceId, { isDryRun: false })).toMatchObject({ state: "DONE", counts: {}, total: 0, failure: null });
    expect(await writtenIn(house)).toEqual(written);
  });
});
