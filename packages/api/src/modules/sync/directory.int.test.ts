import { useDirectory } from "@maru/platform/ldap/testing/directory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baseDn, bigGroupSize, dnOfPerson, groupDn, ldifEntry, unitDn } from "../../../../../scripts/stack/directory-organisation.mjs";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import type { RunView, SaveSourceInput } from "./contract";
import { readDirectory } from "./service/read-directory";
import { approveRun } from "./service/runs";
import { linesOf, runAgain, runSync } from "./testing/runs";

const ATTRIBUTES = {
  ad: { username: "sAMAccountName", name: "displayName", email: "mail", employeeNo: "employeeID", title: "title", manager: "manager" },
  openldap: { username: "uid", name: "displayName", email: "mail", employeeNo: "employeeNumber", title: "title", manager: "manager" },
};
const FILTERS = { ad: "(&(objectClass=user)(employeeID=*))", openldap: "(objectClass=inetOrgPerson)" };

describe.each(["ad", "openldap"] as const)("a directory (%s)", (kind) => {
  const directory = useDirectory(kind);
  let test: TestMaru;
  let sourceId: string;
  let guest: string;
  beforeAll(async () => {
    test = await createTestMaru();
    await syncBuiltInRoles(test.maru.database);
    guest = (await test.db.role.findUniqueOrThrow({ where: { key: "guest" } })).id;
  });
  afterAll(() => test.stop());

  const admin = () => test.as(test.actors.admin).sync;
  const settings = (changes: Partial<SaveSourceInput> = {}) => {
    const { url, startTls, ca, bindDn, password } = directory().settings;
    const mapping = {
      attributes: ATTRIBUTES[kind],
      departmentsFrom: "OU" as const,
      units: [
        { dn: unitDn("그룹"), departmentId: null },
        { dn: `OU=Domain Controllers,${baseDn}`, departmentId: null },
      ],
      groups: [{ dn: groupDn("portal-admins"), roleId: guest }],
    };
    const kinds = { ad: "AD", openldap: "OPENLDAP" } as const;
    return { kind: kinds[kind], name: "본사", url, startTls, ca, bindDn, password, baseDn, filter: FILTERS[kind], mapping, ...changes };
  };
  const save = async (changes: Partial<SaveSourceInput>) => {
    const { version } = await admin().getSource({ id: sourceId });
    return admin().saveSource({ ...settings(changes), id: sourceId, version });
  };
  const run = (options: Parameters<typeof runSync>[3] = {}) => runSync(test, sourceId, readDirectory, options);
  const changes = () => run({ isFull: false });
  const personOf = (username: string) =>
    test.db.account
      .findUniqueOrThrow({ where: { username }, include: { assignments: { include: { role: true } } } })
      .then(async (account) => ({
        account,
        person: await test.db.person.findUniqueOrThrow({
          where: { id: account.personId },
          include: { manager: true, affiliations: { where: { endsOn: null }, include: { department: true } } },
        }),
      }));
  const rolesOf = async (username: string) =>
    (await personOf(username)).account.assignments.filter(({ sourceId: by }) => by).map(({ role }) => role.key);
  const labels = async ({ id }: RunView) => {
    const items = await test.db.syncRunItem.findMany({ where: { runId: id }, orderBy: { seq: "asc" } });
    return items.map(({ target, action, label, status }) => `${target} ${action} ${label} ${status}`);
  };

  it("is set up, tried stage by stage, and shows no password", async () => {
    const saved = await admin().saveSource(settings());
    sourceId = saved.id;
    expect(saved).toMatchObject({ hasPassword: true, needsPreview: true, version: 1 });
    expect(JSON.stringify([saved, await admin().listSources({})])).not.toContain(settings().password);
    const { password: _kept, name: _name, ...tried } = settings({ baseDn: unitDn("본사/영업본부") });
    const view = await admin().testSource({ id: sourceId, ...tried });
    expect(view.stages.map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      "name passed",
      "tcp passed",
      "tls passed",
      "startTls skipped",
      "bind passed",
      "server passed",
      "base passed",
      "filter passed",
      "mapping passed",
    ]);
    expect(view.samples).toHaveLength(8);
    expect(view.stages.at(-1)?.facts).toMatchObject({ count: 8, departments: 3, "missing.email": 1 });
    expect(view.samples.find(({ fields }) => fields.username === "an.mail")).toMatchObject({ fields: { email: null }, verdict: "create" });
    if (kind === "ad") expect(view.samples.find(({ fields }) => fields.username === "song.toesa")).toMatchObject({ verdict: "ignored" });
    const wrong = await admin().testSource({ ...tried, password: "not the password" });
    expect(wrong.stages.find(({ state }) => state === "failed")).toMatchObject({ stage: "bind", code: "badPassword" });
    expect(wrong.stages.at(-1)).toMatchObject({ stage: "mapping", state: "skipped" });
    // The kept password goes to the server that it was typed for alone.
    expect(await refusal(admin().testSource({ id: sourceId, ...tried, url: "ldaps://127.0.0.1:1" }))).toBe("sync.passwordNeeded");
  });

  it("is looked at before anything of it happens, and then all of it does", async () => {
    const waiting = await run();
    expect(waiting).toMatchObject({ state: "WAITING_APPROVAL", held: [{ reason: "scopeChanged" }] });
    expect(await test.db.syncLink.count()).toBe(0);
    await approveRun(test.contextFor(test.actors.admin), { id: waiting.id, count: waiting.heldCount });
    const done = await runAgain(test, waiting.id, readDirectory);
    const problems = (await linesOf(test, done.id)).filter((line) => !/ APPLIED(?: titleUnknown)?$/u.test(line));
    expect([done.state, problems]).toEqual(["DONE", []]);
    // Who can't sign in any more is not taken in: one is disabled, one has expired.
    const missing = kind === "ad" ? 2 : 0;
    expect(await test.db.syncLink.count({ where: { target: "PERSON" } })).toBe(21 + bigGroupSize - missing);
    const { person } = await personOf("hwang.odd");
    expect(person).toMatchObject({ name: "황이상", employeeNo: "E-hwang.odd", email: "hwang.odd@corp.test", manager: { name: "서해시" } });
    expect(person.affiliations.map(({ department }) => department.name)).toEqual(['R&D, 1+2팀 #A "가"']);
    const team = person.affiliations[0]?.department;
    expect(await test.db.department.findUniqueOrThrow({ where: { id: team?.parentId ?? "" } })).toMatchObject({ name: "연구개발본부" });
    for (const [who, leader] of [
      ["hong.gildong", "임플랫"],
      ["oh.plus", "홍길동"],
      ["kwon.slash", "오하나"],
      ["shin.quote", "홍길동"],
    ] as const)
      expect((await personOf(who)).person.manager?.name, who).toBe(leader);
    // A group within a group within a group.
    for (const who of ["kim.daepyo", "oh.plus", "park.insa", "hong.gildong"]) expect(await rolesOf(who), who).toEqual(["guest"]);
    expect(await rolesOf("seo.hash")).toEqual([]);
  });

  it("says nothing new the second time: nothing is written", async () => {
    const before = await test.db.auditEntry.count({ where: { action: { not: { startsWith: "sync." } } } });
    const links = await test.db.syncLink.findMany({ orderBy: { externalId: "asc" } });
    const again = await run();
    expect([again.state, again.counts, await labels(again)]).toEqual(["DONE", {}, []]);
    expect([(await changes()).counts, await test.db.syncLink.findMany({ orderBy: { externalId: "asc" } })]).toEqual([{}, links]);
    expect(await test.db.auditEntry.count({ where: { action: { not: { startsWith: "sync." } } } })).toBe(before);
  });

  it("has a unit renamed, and nobody is sent away: right after a reading of changes", async () => {
    const { person } = await personOf("hong.gildong");
    await directory().change(
      ldifEntry(unitDn("본사/연구개발본부/플랫폼팀"), {
        changetype: "modrdn",
        newrdn: "OU=새 플랫폼, 1팀".replace(",", "\\,"),
        deleteoldrdn: "1",
      }),
    );
    const renamed = await changes();
    expect(await labels(renamed)).toEqual(["DEPARTMENT UPDATE 새 플랫폼, 1팀 APPLIED"]);
    const after = await personOf("hong.gildong");
    expect(after.person.affiliations[0]).toMatchObject({
      departmentId: person.affiliations[0]?.departmentId,
      department: { name: "새 플랫폼, 1팀" },
    });
    expect(after.person.manager?.name).toBe("임플랫");
    const back = `OU=${"새 플랫폼\\, 1팀"},${unitDn("본사/연구개발본부")}`;
    await directory().change(ldifEntry(back, { changetype: "modrdn", newrdn: "OU=플랫폼팀", deleteoldrdn: "1" }));
    expect(await labels(await changes())).toEqual(["DEPARTMENT UPDATE 플랫폼팀 APPLIED"]);
  });

  it("has somebody changed, and only that is written", async () => {
    await directory().change(
      ldifEntry(dnOfPerson("choi.minseo"), { changetype: "modify", replace: "displayName", displayName: "최민서영" }),
    );
    expect(await labels(await changes())).toEqual(["PERSON UPDATE 최민서영 APPLIED"]);
    expect((await personOf("choi.minseo")).person.name).toBe("최민서영");
  });

  it("has a group that somebody leaves, two levels below: a role goes, and the one that was given by hand stays", async () => {
    const { account } = await personOf("oh.plus");
    await test.db.roleAssignment.create({ data: { id: crypto.randomUUID(), accountId: account.id, roleId: guest } });
    await directory().change(
      ldifEntry(groupDn("portal-admins-mid"), { changetype: "modify", delete: "member", member: dnOfPerson("oh.plus") }),
    );
    // One of four is above a tenth: somebody must look.
    const held = await changes();
    expect(held).toMatchObject({ state: "WAITING_APPROVAL", heldCount: 1, held: [{ reason: "roleRemovals", count: 1, of: 4 }] });
    await admin().approveRun({ id: held.id, count: 1 });
    expect(await labels(await runAgain(test, held.id, readDirectory))).toEqual(["ROLE REVOKE 오하나 APPLIED"]);
    expect(await rolesOf("oh.plus")).toEqual([]);
    expect((await personOf("oh.plus")).account.assignments.map(({ role }) => role.key).sort()).toEqual(["guest", "member"]);
  });

  it("has a group larger than one answer: nobody loses a role, however often it is read", async () => {
    const groups = [{ dn: groupDn("everybody"), roleId: guest }];
    await save({ mapping: { ...settings().mapping, groups } as SaveSourceInput["mapping"] });
    const dry = await run({ isDryRun: true });
    expect(dry.counts).toMatchObject({ "ROLE.GRANT": bigGroupSize });
    const real = await run();
    await admin().approveRun({ id: real.id, count: real.heldCount });
    expect(await runAgain(test, real.id, readDirectory)).toMatchObject({ state: "DONE" });
    const given = () => test.db.roleAssignment.count({ where: { sourceId } });
    expect(await given()).toBe(bigGroupSize);
    expect([(await run()).counts, await given()]).toEqual([{}, bigGroupSize]);
  });

  it("deletes somebody and has her created again with the same address: another person, and the address is free", async () => {
    const before = await personOf("choi.minseo");
    const dn = dnOfPerson("choi.minseo");
    await directory().change(ldifEntry(dn, { changetype: "delete" }));
    const own = {
      ad: { objectClass: "user", sAMAccountName: "choi.minseo", employeeID: "E-again", userAccountControl: "544" },
      openldap: { objectClass: "inetOrgPerson", uid: "choi.minseo", employeeNumber: "E-again", sn: "최" },
    };
    await directory().change(ldifEntry(dn, { changetype: "add", ...own[kind], displayName: "최민서", mail: "choi.minseo@corp.test" }));
    expect(await labels(await changes())).toEqual([
      "PERSON DEACTIVATE 최민서영 APPLIED",
      "PERSON UPDATE 최민서영 APPLIED",
      "PERSON CREATE 최민서 APPLIED",
    ]);
    const after = await personOf("choi.minseo");
    expect(after.person).toMatchObject({ email: "choi.minseo@corp.test", employeeNo: "E-again", state: "ACTIVE" });
    expect(after.person.id).not.toBe(before.person.id);
    expect(await test.db.person.findUniqueOrThrow({ where: { id: before.person.id } })).toMatchObject({ state: "RESIGNED", email: null });
  });

  it("refuses, and nobody is thought absent: wrong password, no such base, no server", async () => {
    const active = () => test.db.person.count({ where: { state: "ACTIVE" } });
    const before = await active();
    const nobodyIsMissing = async () => [await active(), await test.db.syncLink.count({ where: { missingSince: { not: null } } })];
    const marked = await test.db.syncLink.count({ where: { missingSince: { not: null } } });
    await save({ password: "not the password" });
    expect(await run()).toMatchObject({ state: "FAILED", failure: "badPassword" });
    await save({ baseDn: `OU=없는 곳,${baseDn}` });
    expect(await run()).toMatchObject({ state: "FAILED", failure: "baseUnknown" });
    // A base that is there and is the wrong one: everybody seems to be missing, and nothing happens.
    await save({ baseDn: unitDn("그룹") });
    const held = await run();
    expect(held).toMatchObject({ state: "WAITING_APPROVAL" });
    expect(held.held.map(({ reason }) => reason)).toEqual(expect.arrayContaining(["nothingRead", "deactivations", "scopeChanged"]));
    await save({});
    await directory().halt();
    expect(await run()).toMatchObject({ state: "FAILED", failure: expect.stringMatching(/^(?:unreachable|unavailable)$/) });
    await directory().resume();
    expect(await nobodyIsMissing()).toEqual([before, marked]);
    expect(JSON.stringify(await test.db.syncRun.findMany())).not.toContain(directory().settings.password);
    // What was set back is looked at once more.
    const back = await run();
    await admin().approveRun({ id: back.id, count: back.heldCount });
    expect(await runAgain(test, back.id, readDirectory)).toMatchObject({ state: "DONE" });
  });

  // OpenLDAP knows no accounts that are disabled, and one server counts for all.
  if (kind === "openldap") return;

  it("disables somebody: she is out at once, and in again when she is enabled", async () => {
    const set = (control: string) =>
      directory().change(
        ldifEntry(dnOfPerson("an.mail"), { changetype: "modify", replace: "userAccountControl", userAccountControl: control }),
      );
    await set("514");
    expect(await labels(await changes())).toEqual(["PERSON DEACTIVATE 안메일 APPLIED"]);
    expect(await personOf("an.mail")).toMatchObject({ person: { state: "RESIGNED" }, account: { state: "DISABLED" } });
    await set("512");
    expect(await labels(await changes())).toEqual(["PERSON REACTIVATE 안메일 APPLIED"]);
    expect(await personOf("an.mail")).toMatchObject({ person: { state: "ACTIVE" }, account: { state: "ACTIVE" } });
  });

  it("is read whole when another domain controller answers", async () => {
    await test.db.syncSource.update({ where: { id: sourceId }, data: { invocationId: crypto.randomUUID() } });
    const whole = await changes();
    const everybody = await test.db.syncLink.count({ where: { target: "PERSON" } });
    expect(whole.phases[0]?.count).toBeGreaterThan(everybody - 10);
    expect((await changes()).phases[0]?.count).toBe(0);
  });
});
