import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { hashPassword } from "@maru/platform/crypto/password";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "../../permissions";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { findActorForPerson, GUEST_ACTOR } from "./service/actors";
import { syncBuiltInRoles } from "./service/roles";
import { isSessionOpen, listOpenSessions } from "./service/sessions";
import { logIn, signIn } from "./service/sign-in";

const PASSWORD = "올바른 긴 비밀번호 하나";
let test: TestMaru;
let passwordHash: string;

beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
  passwordHash = await hashPassword(PASSWORD);
  // The limiter's connection is made by the first attempt; until it stands, memory counts.
  await refusal(signIn(guest(), { username: `warm-${randomUUID()}`, password: "x" }, from()));
  await new Promise((resolve) => setTimeout(resolve, 500));
});
afterAll(() => test.stop());

const guest = () => test.contextFor(GUEST_ACTOR);
/** An address that no other test of any run has failed from. */
const from = (address: string = randomUUID()) => ({ address, userAgent: "test" });
const account = async (changes: Parameters<typeof createAccount>[1] = {}) =>
  createAccount(test.db, { username: `u-${randomUUID()}`, passwordHash, ...changes });
const attempt = (username: string, password: string, origin = from()) => refusal(signIn(guest(), { username, password }, origin));

describe("signIn", () => {
  it("opens a session with a new id each time", async () => {
    const { id, username, personId } = await account();
    const first = await signIn(guest(), { username, password: PASSWORD }, from());
    const second = await signIn(guest(), { username, password: PASSWORD }, from());
    expect(first.sessionId).not.toBe(second.sessionId);
    expect(first).toMatchObject({ accountId: id, personId });
    expect(await test.maru.tools.tokens.verify("web", first.token)).toMatchObject({ sid: first.sessionId, ver: 1, sub: personId });
    expect(await test.maru.tools.tokens.verify("access", first.token)).toBeNull();
    expect([...(await listOpenSessions(test.maru.database, [first.sessionId, second.sessionId, randomUUID()], new Date()))].sort()).toEqual(
      [first.sessionId, second.sessionId].sort(),
    );
    expect(await isSessionOpen(test.maru.database, first.sessionId)).toBe(true);
  });

  it("opens no session that outlives the account's right to one: its streams end too", async () => {
    const { id, username, personId } = await account();
    const { sessionId } = await signIn(guest(), { username, password: PASSWORD }, from());
    const open = async () => [...(await listOpenSessions(test.maru.database, [sessionId], new Date()))];
    await test.db.person.update({ where: { id: personId }, data: { state: "RESIGNED" } });
    expect(await open()).toEqual([]);
    await test.db.person.update({ where: { id: personId }, data: { state: "ACTIVE" } });
    expect(await open()).toEqual([sessionId]);
    await test.db.account.update({ where: { id }, data: { state: "DISABLED" } });
    expect(await open()).toEqual([]);
  });

  it("takes the user name however it is written, the password in any normal form, and a mail address", async () => {
    const person = await createPerson(test.db, { email: `Hong.${randomUUID()}@Maru.example` });
    const { username } = await account({ personId: person.id, username: `홍길동-${randomUUID()}` });
    expect(await attempt(`  ${username.normalize("NFD").toUpperCase()} `, PASSWORD.normalize("NFD"))).toBe("done");
    expect(await attempt((person.email as string).toUpperCase(), PASSWORD)).toBe("done");
  });

  it("refuses a mail address that two people have", async () => {
    const email = `shared-${randomUUID()}@maru.example`;
    for (let count = 0; count < 2; count += 1) await account({ personId: (await createPerson(test.db, { email })).id });
    expect(await attempt(email, PASSWORD)).toBe("identity.signInRefused");
  });

  it("answers alike whatever is wrong", async () => {
    const known = await account();
    const disabled = await account({ state: "DISABLED" });
    const gone = await account({ personId: (await createPerson(test.db, { state: "RESIGNED" })).id });
    const without = await account({ passwordHash: null });
    const answers = await Promise.all([
      attempt(known.username, "wrong password"),
      attempt(`nobody-${randomUUID()}`, PASSWORD),
      attempt(disabled.username, PASSWORD),
      attempt(gone.username, PASSWORD),
      attempt(without.username, PASSWORD),
      attempt(without.username, ""),
    ]);
    expect(new Set(answers)).toEqual(new Set(["identity.signInRefused"]));
  });

  it("costs an unknown account what a known one costs", async () => {
    const { username } = await account();
    const time = async (name: string) => {
      const before = performance.now();
      await attempt(name, "wrong password");
      return performance.now() - before;
    };
    const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    for (let round = 0; round < 4; round += 1) {
      fastest.known = Math.min(fastest.known, await time(username));
      fastest.unknown = Math.min(fastest.unknown, await time(`nobody-${randomUUID()}`));
    }
    // Without the decoy the unknown one would answer ten times sooner.
    expect(fastest.unknown / fastest.known).toBeGreaterThan(0.5);
    expect(fastest.unknown / fastest.known).toBeLessThan(2);
  });

  it("leaves a record of success and failure, and of nothing secret (ASVS 16.3.1)", async () => {
    const { id, personId, username } = await account();
    await attempt(username, "wrong password 4711");
    await attempt(username, PASSWORD);
    const entries = await test.db.auditEntry.findMany({
      where: { subjectType: "identity.account", subjectId: id },
      orderBy: { at: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual(["identity.account.refuse-sign-in", "identity.account.sign-in"]);
    // Whoever typed a wrong password may be anybody; whoever signed in is the person.
    expect(entries.map(({ actorId }) => actorId)).toEqual([GUEST_ACTOR.id, personId]);
    expect(JSON.stringify(entries)).not.toMatch(/4711|비밀번호/);
    const typed = `typed-a-password-here-${randomUUID()}`;
    await attempt(typed, "x");
    expect(await test.db.auditEntry.count({ where: { subjectId: { contains: typed } } })).toBe(0);
  });
});

describe("attempts", () => {
  it("are five in a quarter of an hour from one address, the right password included", async () => {
    const { username } = await account();
    const origin = from();
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await attempt(username, "wrong password", origin));
    expect(answers).toEqual([...Array.from({ length: 5 }, () => "identity.signInRefused"), "identity.tooManyAttempts"]);
    expect(await attempt(username, PASSWORD, origin)).toBe("identity.tooManyAttempts");
    expect(await attempt(username, PASSWORD, from())).toBe("done");
  });

  it("that come together are counted before any password is checked", async () => {
    const { username } = await account();
    const origin = from();
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(username, "wrong password", origin)));
    expect(answers.filter((answer) => answer === "identity.signInRefused")).toHaveLength(5);
  });

  it("that succeed count nothing", async () => {
    const { username } = await account();
    const origin = from();
    for (let count = 0; count < 8; count += 1) expect(await attempt(username, PASSWORD, origin)).toBe("done");
  });

  it("on an account from everywhere get slower, but never for an address that it knows", async () => {
    const { username } = await account();
    const home = from();
    expect(await attempt(username, PASSWORD, home)).toBe("done");
    const answers = [];
    for (let count = 0; count < 16; count += 1) answers.push(await attempt(username, "wrong password"));
    expect(answers).toContain("identity.tooManyAttempts");
    expect(await attempt(username, PASSWORD)).toBe("identity.tooManyAttempts");
    expect(await attempt(username, PASSWORD, home)).toBe("done");
  });

  it("say how long to wait", async () => {
    const { username } = await account();
    const origin = from();
    for (let count = 0; count < 5; count += 1) await attempt(username, "wrong password", origin);
    const error = await signIn(guest(), { username, password: PASSWORD }, origin).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: "rate_limited", details: { retryAfterSeconds: expect.any(Number) } });
  });
});

describe("logIn", () => {
  it("gives an access token for a quarter of an hour", async () => {
    const { username, id } = await account();
    const { accessToken, expiresIn, user } = await logIn(guest(), { username, password: PASSWORD }, from());
    expect([expiresIn, user.id]).toEqual([900, id]);
    expect(await test.maru.tools.tokens.verify("access", accessToken)).not.toBeNull();
    expect(await test.maru.tools.tokens.verify("web", accessToken)).toBeNull();
  });
});

describe("procedures", () => {
  const as = async (personId: string) => {
    const actor = await findActorForPerson(test.maru.database, personId);
    if (!actor) throw new Error("no actor");
    return test.as(actor).identity;
  };

  it("me and updateProfile are for whoever has signed in", async () => {
    const { personId } = await account();
    const identity = await as(personId);
    expect(await identity.me()).toMatchObject({ person: { id: personId }, locale: null, permissions: [] });
    expect(await identity.updateProfile({ locale: "en", colorScheme: "dark" })).toMatchObject({ locale: "en", colorScheme: "dark" });
    expect(await identity.updateProfile({ colorScheme: "auto" })).toMatchObject({ locale: "en", colorScheme: "auto" });
    for (const call of [test.as(null).identity.me(), test.as(null).identity.updateProfile({}), test.as(null).identity.signOut()]) {
      expect(await refusal(call)).toBe("common.signInRequired");
    }
  });

  it.each([{ locale: "fr" }, { locale: "ko", isAdmin: true }, { permissions: ["board.moderate"] }, null, "x"])(
    "updateProfile refuses %j",
    async (input) => {
      const { personId } = await account();
      expect(await refusal((await as(personId)).updateProfile(input as never))).toBe("common.invalidInput");
    },
  );

  it.each([
    {},
    { username: "a" },
    { username: "", password: "x" },
    { username: "a", password: { contains: "" } },
    { username: "a", password: "b", role: "x" },
  ])("logIn refuses %j", async (input) => expect(await refusal(test.as(null).identity.logIn(input as never))).toBe("common.invalidInput"));
});

describe("roles", () => {
  it("follow the code, and leave what an administrator made", async () => {
    const own = await test.db.role.create({
      data: {
        id: randomUUID(),
        key: `own-${randomUUID()}`,
        name: "우리",
        nameEn: "Ours",
        permissions: { create: { permission: "board.read" } },
      },
    });
    const member = await test.db.role.findUniqueOrThrow({ where: { key: "member" } });
    await test.db.rolePermission.create({ data: { roleId: member.id, permission: "board.gone" } });
    await test.db.rolePermission.deleteMany({ where: { roleId: member.id, permission: "board.post" } });
    await syncBuiltInRoles(test.maru.database);
    await syncBuiltInRoles(test.maru.database);
    const permissionsOf = async (roleId: string) =>
      (await test.db.rolePermission.findMany({ where: { roleId } })).map(({ permission }) => permission).sort();
    expect(await permissionsOf(member.id)).toEqual([
      "board.comment",
      "board.post",
      "board.read",
      "directory.read",
      "files.upload",
      "notification.read",
    ]);
    expect(await permissionsOf(own.id)).toEqual(["board.read"]);
    const admin = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
    expect(await permissionsOf(admin.id)).toEqual([...PERMISSIONS].sort());
  });

  it("name only permissions that exist", async () => {
    const rows = await test.db.rolePermission.findMany({ where: { role: { isBuiltIn: true } } });
    expect(rows.filter(({ permission }) => !PERMISSIONS.some((known) => known === permission))).toEqual([]);
  });
});
