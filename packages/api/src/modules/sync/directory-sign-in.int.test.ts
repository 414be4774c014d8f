import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { hashPassword } from "@maru/platform/crypto/password";
import { useDirectory } from "@maru/platform/ldap/testing/directory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dnOfPerson, ldifEntry, organisationDn, peoplesPassword, unitDn } from "../../../../../scripts/stack/directory-organisation.mjs";
import { createTestMaru, findMail, refusal, sendAskedLinks, type TestMaru } from "../../testing/testing";
import { findActorForPerson, GUEST_ACTOR, signIn, syncBuiltInRoles } from "../identity/service";
import { readDirectory } from "./service/read-directory";
import { approveRun } from "./service/runs";
import { runAgain, runSync } from "./testing/runs";

const NAMES = { ad: "sAMAccountName", openldap: "uid" } as const;
const FILTERS = { ad: "(&(objectClass=user)(employeeID=*))", openldap: "(objectClass=inetOrgPerson)" };
const LOCAL = "우리 집 강아지는 복슬강아지";

describe.each(["ad", "openldap"] as const)("signing in with the password of a directory (%s)", (kind) => {
  const directory = useDirectory(kind);
  let test: TestMaru;
  let sourceId: string;
  let administrator: string;
  beforeAll(async () => {
    test = await createTestMaru();
    await syncBuiltInRoles(test.maru.database);
    const { id } = await createAccount(test.db, { username: `boss-${randomUUID()}`, passwordHash: await hashPassword(LOCAL) });
    const role = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
    await test.db.roleAssignment.create({ data: { id: randomUUID(), accountId: id, roleId: role.id } });
    administrator = (await test.db.account.findUniqueOrThrow({ where: { id } })).username;
  });
  afterAll(() => test.stop());

  const from = (address: string = randomUUID()) => ({ address, userAgent: null });
  const sign = (username: string, password = peoplesPassword) => signIn(test.contextFor(GUEST_ACTOR), { username, password }, from());
  const enter = (username: string, password = peoplesPassword) => refusal(sign(username, password));
  const change = (who: string, attributes: Record<string, string | Buffer>) =>
    directory().change(ldifEntry(dnOfPerson(who), { changetype: "modify", ...attributes }));
  const replace = (who: string, name: string, value: string | Buffer) => change(who, { replace: name, [name]: value });
  const setPassword = (who: string, password: string) =>
    kind === "ad" ? replace(who, "clearTextPassword", Buffer.from(password, "utf16le")) : replace(who, "userPassword", password);
  const rename = async (who: string, name: string) => {
    // A domain controller refuses a name that is somebody's other name.
    if (kind === "ad") await replace(who, "userPrincipalName", `${name}@corp.test`);
    await replace(who, NAMES[kind], name);
  };
  const personIdOf = async (username: string) => (await test.db.account.findUniqueOrThrow({ where: { username } })).personId;
  const sync = async (isFull = true) => {
    const run = await runSync(test, sourceId, readDirectory, { isFull });
    if (run.state !== "WAITING_APPROVAL") return run;
    await approveRun(test.contextFor(test.actors.admin), { id: run.id, count: run.heldCount });
    return runAgain(test, run.id, readDirectory);
  };

  it("lets in whom a run has brought, beside local accounts; Maru keeps no password of hers", async () => {
    const { url, startTls, ca, bindDn, password } = directory().settings;
    const mapping = { attributes: { username: NAMES[kind], name: "displayName", email: "mail" } };
    const server = { url, startTls, ca, bindDn, password, baseDn: organisationDn, filter: FILTERS[kind] };
    const kinds = { ad: "AD", openldap: "OPENLDAP" } as const;
    const saved = await test.as(test.actors.admin).sync.saveSource({ kind: kinds[kind], name: "본사", ...server, mapping });
    sourceId = saved.id;
    expect(await sync()).toMatchObject({ state: "DONE" });
    const personId = await personIdOf("lee.jiwon");
    expect(await sign("lee.jiwon")).toMatchObject({ personId });
    expect(await sign(" LEE.Jiwon@corp.test ")).toMatchObject({ personId });
    expect(await enter("lee.jiwon", `${peoplesPassword} `)).toBe("identity.signInRefused");
    expect(await enter("lee.jiwon", "")).toBe("identity.signInRefused");
    expect([await enter(administrator, LOCAL), await enter(administrator)]).toEqual(["done", "identity.signInRefused"]);
    expect(await test.db.account.count({ where: { sourceId, passwordHash: { not: null } } })).toBe(0);
    const answer = await test.as(null).identity.logIn({ username: "lee.jiwon", password: peoplesPassword });
    expect(answer.user).toMatchObject({ username: "lee.jiwon", hasPasswordElsewhere: true });
  });

  it("finds people whose names have every special character", async () => {
    for (const who of ["hong.gildong", "oh.plus", "seo.hash", "shin.quote", "kwon.slash", "hwang.odd", "an.mail"])
      expect([await enter(who), await enter(who, "wrong")], who).toEqual(["done", "identity.signInRefused"]);
  });

  it("takes what is typed as a name for a name", async () => {
    for (const name of ["*", "lee*", "*)(objectClass=*", "lee.jiwon)(|(cn=*", dnOfPerson("lee.jiwon"), "lee.jiwon\\2a"])
      expect(await enter(name), name).toBe("identity.signInRefused");
  });

  // OpenLDAP has no such answers.
  if (kind === "ad")
    it("says why the directory refuses her, once she has typed the right password and not before", async () => {
      expect([await enter("bae.saero"), await enter("bae.saero", "wrong")]).toEqual([
        "identity.directoryPasswordExpired",
        "identity.signInRefused",
      ]);
      await replace("park.insa", "accountExpires", "133000000000000000");
      expect([await enter("park.insa"), await enter("park.insa", "wrong")]).toEqual([
        "identity.directoryAccountExpired",
        "identity.signInRefused",
      ]);
      await replace("park.insa", "accountExpires", "0");
      expect(await enter("park.insa")).toBe("done");
      // What is told whatever the password is, or of no use to her, is told nobody.
      expect([await enter("jeon.jamgim"), await enter("jeon.jamgim", "wrong")]).toEqual([
        "identity.signInRefused",
        "identity.signInRefused",
      ]);
      await replace("choi.minseo", "userAccountControl", "514");
      expect([await enter("choi.minseo"), await enter("choi.minseo", "wrong")]).toEqual([
        "identity.signInRefused",
        "identity.signInRefused",
      ]);
      await replace("choi.minseo", "userAccountControl", "512");
    });

  it("knows a new password at once, and an old one no more", async () => {
    await setPassword("jung.chongmu", "Another-2026!");
    expect(await enter("jung.chongmu", "Another-2026!")).toBe("done");
    // A domain controller goes on to take the last password for an hour, so that other machines learn of the new one.
    if (kind === "openldap") expect(await enter("jung.chongmu")).toBe("identity.signInRefused");
  });

  it("follows the entry and not its name: two whose user names are swapped, and one who was moved", async () => {
    const [kang, jang] = [await personIdOf("kang.yeongeop"), await personIdOf("jang.yeongu")];
    await setPassword("kang.yeongeop", "Kang-2026!");
    await setPassword("jang.yeongu", "Jang-2026!");
    await rename("kang.yeongeop", "in.between");
    await rename("jang.yeongu", "kang.yeongeop");
    await rename("kang.yeongeop", "jang.yeongu");
    // Until the next run a name is still hers who had it, with her password; nobody opens the account of the other.
    expect(await sign("kang.yeongeop", "Kang-2026!")).toMatchObject({ personId: kang });
    expect(await enter("kang.yeongeop", "Jang-2026!")).toBe("identity.signInRefused");
    expect(await sync(false)).toMatchObject({ state: "DONE" });
    expect(await sign("jang.yeongu", "Kang-2026!")).toMatchObject({ personId: kang });
    expect(await sign("kang.yeongeop", "Jang-2026!")).toMatchObject({ personId: jang });
    expect(await enter("kang.yeongeop", "Kang-2026!")).toBe("identity.signInRefused");
    const move = { changetype: "modrdn", newrdn: "CN=윤\\, 멀리", deleteoldrdn: "1", newsuperior: unitDn("본사/영업본부") };
    await directory().change(ldifEntry(dnOfPerson("yoon.haeoe"), move));
    expect(await enter("yoon.haeoe")).toBe("done");
  });

  it("takes the password once more where something is sensitive, and says where it is changed", async () => {
    const { sessionId, personId } = await sign("cho.gungnae");
    const actor = await findActorForPerson(test.contextFor(GUEST_ACTOR), personId);
    const her = test.as(actor && { ...actor, sessionId }).identity;
    expect(await refusal(her.confirmPassword({ password: "wrong" }))).toBe("identity.passwordWrong");
    expect(await refusal(her.confirmPassword({ password: peoplesPassword }))).toBe("done");
    const typed = { currentPassword: peoplesPassword, newPassword: "노란 우산을 쓴 세 사람이 걷는다" };
    expect(await refusal(her.changePassword(typed))).toBe("identity.passwordKeptElsewhere");
    await test.as(null).identity.forgotPassword({ username: "cho.gungnae", locale: "ko" });
    await sendAskedLinks(test);
    const mail = await findMail(test, "cho.gungnae@corp.test");
    expect(mail).toMatchObject({ token: "", subject: "[Maru] 비밀번호는 회사 계정에서 바꿔요" });
    expect(mail?.url).toMatch(/\/sign-in$/u);
    expect(await test.db.accountLink.count({ where: { tokenHash: { not: null } } })).toBe(0);
  });

  it("says that it can't be asked while it is down, and never that a password is wrong; administrators of Maru's own get in", async () => {
    const { sessionId, personId } = await sign("lim.platform");
    const actor = await findActorForPerson(test.contextFor(GUEST_ACTOR), personId);
    await directory().halt();
    try {
      // More often than a wrong password may be typed, so that nobody is locked out by an outage.
      for (let attempt = 0; attempt < 7; attempt += 1) expect(await enter("lim.platform")).toBe("identity.directoryUnavailable");
      const her = test.as(actor && { ...actor, sessionId }).identity;
      expect(await refusal(her.confirmPassword({ password: peoplesPassword }))).toBe("identity.directoryUnavailable");
      expect(await refusal(test.as(null).identity.logIn({ username: "lim.platform", password: "wrong" }))).toBe(
        "identity.directoryUnavailable",
      );
      expect(await enter(`nobody-${randomUUID()}`)).toBe("identity.directoryUnavailable");
      expect([await enter(administrator, LOCAL), await enter(administrator)]).toEqual(["done", "identity.signInRefused"]);
    } finally {
      await directory().resume();
    }
    await expect.poll(() => enter("lim.platform"), { timeout: 40_000, interval: 1_000 }).toBe("done");
    expect(await enter("lim.platform", "wrong")).toBe("identity.signInRefused");
  });
});
