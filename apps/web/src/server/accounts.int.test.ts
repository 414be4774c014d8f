import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { hashPassword } from "@maru/platform/crypto/password";
import { createLog } from "@maru/platform/log";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

const PASSWORD = "canary-old-2b7e91 강남 우산";
const NEXT = "canary-new-8d13f0 부산 연필";
const logged: string[] = [];
let passwordHash: string;
let door: TestDoor;

beforeAll(async () => {
  door = await startTestDoor({
    log: createLog({ service: "test", level: "trace", destination: { write: (line) => void logged.push(line) } }),
  });
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => door.stop());

type Json = { readonly [key: string]: Json } & readonly Json[] & string;
type Headers = Record<string, string>;

const send = async (method: string, url: string, headers: Headers, body?: unknown) => {
  const typed: Headers = body === undefined ? headers : { ...headers, "content-type": "application/json" };
  const answer = await fetch(door.url + url, { method, headers: typed, body: body === undefined ? undefined : JSON.stringify(body) });
  const json = (await answer.json()) as {
    data: Json;
    result?: { data: Json };
    error?: { code?: string; data?: { app?: { code: string } } };
  };
  const cookie = answer.headers.get("set-cookie");
  return { status: answer.status, data: json.result?.data ?? json.data, code: json.error?.data?.app?.code ?? json.error?.code, cookie };
};
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const rest = (method: string, path: string, token: string | null, body?: unknown, headers: Headers = {}) =>
  send(method, `/api/v1${path}`, { ...headers, ...(token === null ? {} : bearer(token)) }, body);
const trpc = (procedure: string, cookie: string, input: unknown) =>
  send("POST", `/api/trpc/${procedure}`, { cookie, origin: door.origin, "sec-fetch-site": "same-origin" }, input);

const person = async () => {
  const account = await createAccount(door.db, { username: `u-${randomUUID()}`, passwordHash });
  const actor = { ...door.actors.member, id: account.personId, accountId: account.id };
  const role = await door.db.role.findUniqueOrThrow({ where: { key: "member" } });
  await door.db.roleAssignment.create({ data: { id: randomUUID(), accountId: account.id, roleId: role.id } });
  return { ...account, actor };
};
const browserOf = async (actor: TestDoor["actors"]["member"]) => {
  const { sessionId, token } = await door.openSession(actor, "web");
  return { sessionId, cookie: `maru.session=${token}` };
};
const logIn = async (username: string, password = PASSWORD) => (await rest("POST", "/auth/login", null, { username, password })).data;
const isIn = async (cookie: string) => (await fetch(`${door.url}/api/trpc/identity.me`, { headers: { cookie } })).status === 200;
const admin = async () => (await door.openSession(door.actors.admin, "access")).token;
const actionsOn = async (subjectId: string) => {
  const rows = await door.db.auditEntry.findMany({ where: { subjectId }, orderBy: { id: "asc" } });
  return rows.map(({ action }) => action);
};

describe("a changed password", () => {
  it("ends every other session and lets the one at hand go on under a new id", async () => {
    const { id, username, actor } = await person();
    const here = await browserOf(actor);
    const there = await browserOf(actor);
    const script = await logIn(username);
    const before = await door.db.session.findUniqueOrThrow({ where: { id: here.sessionId } });
    expect([await isIn(here.cookie), await isIn(there.cookie)]).toEqual([true, true]);
    const changed = await trpc("identity.changePassword", here.cookie, { currentPassword: PASSWORD, newPassword: NEXT });
    expect(changed).toMatchObject({ status: 200, data: { ended: 2, tokens: null } });
    expect(changed.cookie).toMatch(/^maru\.session=[^;]+; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Lax$/);
    const renewed = changed.cookie?.split(";")[0] ?? "";
    expect(await isIn(renewed)).toBe(true);
    await expect.poll(async () => [await isIn(here.cookie), await isIn(there.cookie)], { timeout: 5_000 }).toEqual([false, false]);
    expect((await rest("GET", "/users/me", script.accessToken as string)).status).toBe(401);
    expect((await rest("POST", "/auth/refresh", null, { refreshToken: script.refreshToken })).code).toBe("identity.refreshRefused");
    const open = await door.db.session.findMany({ where: { accountId: id, endedAt: null } });
    expect(open).toMatchObject([{ kind: "WEB", version: 1, createdAt: before.createdAt, expiresAt: before.expiresAt }]);
    expect(open[0]?.id).not.toBe(here.sessionId);
    expect((await rest("POST", "/auth/login", null, { username, password: PASSWORD })).code).toBe("identity.signInRefused");
    expect((await rest("POST", "/auth/login", null, { username, password: NEXT })).status).toBe(200);
    expect(await actionsOn(id)).toContain("identity.account.change-password");
  });

  it("gives a client of the API tokens that go on, the same ones when it repeats the command", async () => {
    const { username } = await person();
    const { accessToken } = await logIn(username);
    const key = { "idempotency-key": randomUUID() };
    const input = { currentPassword: PASSWORD, newPassword: NEXT };
    const changed = await rest("POST", "/auth/change-password", accessToken as string, input, key);
    expect(changed).toMatchObject({ status: 200, cookie: null, data: { ended: 0, tokens: { expiresIn: 900 } } });
    const tokens = changed.data.tokens as Json;
    expect((await rest("GET", "/users/me", tokens.accessToken as string)).status).toBe(200);
    expect((await rest("POST", "/auth/refresh", null, { refreshToken: tokens.refreshToken })).status).toBe(200);
    expect((await rest("GET", "/users/me", accessToken as string)).status).toBe(401);
    // What is kept of the command is nothing that a password could be guessed from, nor a token.
    const [kept] = await door.db.idempotencyKey.findMany({ where: { key: key["idempotency-key"] } });
    expect(JSON.stringify(kept)).not.toContain(tokens.refreshToken);
    expect(kept?.requestHash).toBe(door.maru.tools.tokens.derive(`command ${JSON.stringify(input)}`));
  });

  it("is not changed by who does not know it, and five wrong ones are the last for a while", async () => {
    const { id, actor } = await person();
    const { cookie } = await browserOf(actor);
    const attempt = (currentPassword: string) => trpc("identity.changePassword", cookie, { currentPassword, newPassword: NEXT });
    for (let failure = 0; failure < 5; failure += 1) expect((await attempt("wrong")).code).toBe("identity.passwordWrong");
    const limited = await attempt(PASSWORD);
    expect(limited).toMatchObject({ status: 429, code: "identity.tooManyAttempts", cookie: null });
    expect((await door.db.account.findUniqueOrThrow({ where: { id } })).passwordHash).toBe(passwordHash);
    expect((await actionsOn(id)).filter((action) => action === "identity.account.refuse-password")).toHaveLength(5);
    expect(await isIn(cookie)).toBe(true);
  });

  it.each([
    ["too short", "짧은 것", "identity.passwordTooShort"],
    ["too common", "passwordpassword1", "identity.passwordTooCommon"],
    ["the same, typed on another keyboard", PASSWORD.normalize("NFD"), "identity.passwordUnchanged"],
  ])("is refused when it is %s", async (_name, newPassword, code) => {
    const { actor } = await person();
    const { cookie } = await browserOf(actor);
    expect((await trpc("identity.changePassword", cookie, { currentPassword: PASSWORD, newPassword })).code).toBe(code);
  });

  it("can be changed by one of two at once", async () => {
    const { actor } = await person();
    const browsers = [await browserOf(actor), await browserOf(actor)];
    const answers = await Promise.all(
      browsers.map(({ cookie }, index) =>
        trpc("identity.changePassword", cookie, { currentPassword: PASSWORD, newPassword: `${NEXT} ${index}` }),
      ),
    );
    const refusals = answers.filter(({ status }) => status !== 200).map(({ code }) => code);
    expect(refusals).toHaveLength(1);
    // Whoever comes later types a password that is none any more, or finds that her session has ended with it.
    expect(["identity.passwordWrong", "common.signInRequired"]).toContain(refusals[0]);
  });

  it("is no business of a token, nor of a client", async () => {
    const { token } = await door.openSession(door.actors.member, "access");
    const made = await rest("POST", "/users/me/tokens", token, { name: "스크립트", scopes: ["board.read"], expiresInDays: 1 });
    const input = { currentPassword: PASSWORD, newPassword: NEXT };
    expect((await rest("POST", "/auth/change-password", made.data.token as string, input)).status).toBe(403);
    expect((await rest("POST", "/auth/change-password", null, input)).status).toBe(401);
  });
});

describe("an account that an administrator disables", () => {
  it("is out within 5 s, its tokens too, and back when it is enabled", async () => {
    const { id, username, actor } = await person();
    const { cookie } = await browserOf(actor);
    const { accessToken } = await logIn(username);
    const token = (await rest("POST", "/users/me/tokens", accessToken as string, { name: "표", scopes: ["board.read"], expiresInDays: 1 }))
      .data.token as string;
    const states = async () => [await isIn(cookie), (await rest("GET", "/users/me", token)).status];
    expect(await states()).toEqual([true, 200]);
    expect(await rest("PUT", `/admin/users/${id}`, await admin(), { state: "DISABLED" })).toMatchObject({
      status: 200,
      data: { status: "disabled" },
    });
    await expect.poll(states, { timeout: 5_000 }).toEqual([false, 401]);
    expect((await rest("POST", "/auth/login", null, { username, password: PASSWORD })).code).toBe("identity.signInRefused");
    expect((await rest("PUT", `/admin/users/${id}`, await admin(), { state: "ACTIVE" })).data.status).toBe("active");
    expect((await rest("POST", "/auth/login", null, { username, password: PASSWORD })).status).toBe(200);
    // What was open before stays ended.
    expect(await isIn(cookie)).toBe(false);
    const actions = await actionsOn(id);
    expect(actions.filter((action) => /able$/.test(action))).toEqual(["identity.account.disable", "identity.account.enable"]);
  });

  it("is never her own, nor the last administrator's", async () => {
    const own = door.actors.admin.accountId as string;
    for (const call of [
      rest("PUT", `/admin/users/${own}`, await admin(), { state: "DISABLED" }),
      rest("DELETE", `/admin/users/${own}`, await admin()),
    ])
      expect((await call).code).toBe("identity.ownAccount");
    const role = await door.db.role.create({
      data: { id: randomUUID(), key: `role-${randomUUID()}`, name: "계정 담당", nameEn: "Accounts" },
    });
    await door.db.rolePermission.create({ data: { roleId: role.id, permission: "identity.manage-accounts" } });
    const { actor } = await person();
    await door.db.roleAssignment.create({ data: { id: randomUUID(), accountId: actor.accountId, roleId: role.id } });
    const { token } = await door.openSession(actor, "access");
    expect((await rest("PUT", `/admin/users/${own}`, token, { state: "DISABLED" })).code).toBe("identity.lastAdministrator");
    expect((await rest("DELETE", `/admin/users/${own}`, token)).code).toBe("identity.lastAdministrator");
    expect((await door.db.account.findUniqueOrThrow({ where: { id: own } })).state).toBe("ACTIVE");
  });

  it("can be signed out everywhere without being disabled", async () => {
    const { id, actor } = await person();
    const { cookie } = await browserOf(actor);
    const { token } = await door.openSession(door.actors.admin, "web");
    expect(await isIn(cookie)).toBe(true);
    expect(await trpc("identity.signOutAccount", `maru.session=${token}`, { id })).toMatchObject({ status: 200, data: { ended: 1 } });
    await expect.poll(() => isIn(cookie), { timeout: 5_000 }).toBe(false);
    expect(await isIn((await browserOf(actor)).cookie)).toBe(true);
  });
});

describe("an account that its owner deletes", () => {
  it("asks for the password and the word, ends at once, and can be undone for 14 days", async () => {
    const { id, username } = await person();
    const { accessToken } = await logIn(username);
    const attempt = (body: unknown) => rest("DELETE", "/users/me", accessToken as string, body);
    expect((await attempt({ password: PASSWORD, confirmation: "지워" })).status).toBe(400);
    expect((await attempt({ password: "wrong", confirmation: "삭제" })).code).toBe("identity.passwordWrong");
    expect((await attempt(undefined)).status).toBe(400);
    // A query is written into logs on the way: nothing is read from it.
    expect((await rest("DELETE", `/users/me?password=${PASSWORD}&confirmation=DELETE`, accessToken as string)).status).toBe(400);
    const deleted = await attempt({ password: PASSWORD, confirmation: "삭제" });
    expect(deleted.status).toBe(200);
    const days = (Date.parse(deleted.data.eraseAfter as string) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(13.9);
    expect(days).toBeLessThan(14.1);
    await expect.poll(async () => (await rest("GET", "/users/me", accessToken as string)).status, { timeout: 5_000 }).toBe(401);
    const listed = await rest("GET", `/admin/users?status=leaving&q=${username}`, await admin());
    expect(listed.data).toMatchObject([{ id, status: "leaving", eraseAfter: deleted.data.eraseAfter }]);
    expect((await rest("PUT", `/admin/users/${id}`, await admin(), { state: "ACTIVE" })).data).toMatchObject({
      status: "active",
      eraseAfter: null,
    });
    expect((await logIn(username)).accessToken).toBeTruthy();
    expect(await actionsOn(id)).toEqual(expect.arrayContaining(["identity.account.delete", "identity.account.enable"]));
  });

  it("is kept while it is the last administrator's", async () => {
    await door.db.account.update({ where: { id: door.actors.admin.accountId as string }, data: { passwordHash } });
    expect((await rest("DELETE", "/users/me", await admin(), { password: PASSWORD, confirmation: "DELETE" })).code).toBe(
      "identity.lastAdministrator",
    );
  });

  it("does not begin its grace anew when an administrator deletes it again", async () => {
    const { id } = await person();
    const first = await rest("DELETE", `/admin/users/${id}`, await admin());
    const again = await rest("DELETE", `/admin/users/${id}`, await admin());
    expect([first.status, again.data]).toEqual([200, first.data]);
  });
});

describe("the accounts of an administrator", () => {
  it("are made for somebody new and for somebody known, once each", async () => {
    const token = await admin();
    const username = `new.${randomUUID().slice(0, 8)}`;
    const made = await rest("POST", "/admin/users", token, { username, person: { name: "새사람", email: `${username}@example.com` } });
    expect(made).toMatchObject({ status: 200, data: { username, status: "waiting", lastSignInAt: null, person: { name: "새사람" } } });
    const id = made.data.id as string;
    expect(await door.db.roleAssignment.findMany({ where: { accountId: id }, include: { role: true } })).toMatchObject([
      { role: { key: "member" } },
    ]);
    const refused = async (input: unknown) => (await rest("POST", "/admin/users", token, input)).code;
    expect(await refused({ username, person: { name: "또다른" } })).toBe("identity.usernameTaken");
    expect(await refused({ username: `${username}2`, personId: (made.data.person as Json).id })).toBe("identity.personHasAccount");
    expect(await refused({ username: `${username}3`, person: { name: "또", email: `${username}@EXAMPLE.com` } })).toBe(
      "directory.emailTaken",
    );
    expect(await refused({ username: `${username}4`, personId: randomUUID() })).toBe("directory.personNotFound");
    expect(await refused({ username: `${username}5` })).toBe("common.invalidInput");
    expect((await rest("GET", `/admin/users?q=${encodeURIComponent("ㅅㅅㄹ")}`, token)).data).toMatchObject([{ id }]);
    expect(await actionsOn(id)).toEqual(["identity.account.create"]);
  });

  it("are listed a page at a time, each once, in the order of names", async () => {
    const token = await admin();
    const names: string[] = [];
    let cursor = "";
    do {
      const url = `/api/v1/admin/users?limit=3${cursor ? `&cursor=${cursor}` : ""}`;
      const page = (await (await fetch(door.url + url, { headers: bearer(token) })).json()) as {
        data: { id: string }[];
        pagination: { nextCursor: string | null };
      };
      names.push(...page.data.map(({ id }) => id));
      cursor = page.pagination.nextCursor ?? "";
    } while (cursor);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(await door.db.account.count());
    expect(
      (await rest("GET", "/admin/users?status=disabled&limit=100", token)).data.every(({ status }) => (status as string) === "disabled"),
    ).toBe(true);
    expect((await rest("GET", "/admin/users?cursor=1", token)).status).toBe(400);
  });

  it("are nobody else's to see", async () => {
    const { token } = await door.openSession(door.actors.member, "access");
    expect((await rest("GET", "/admin/users", token)).status).toBe(403);
    expect((await rest("PUT", `/admin/users/${door.actors.other.accountId}`, token, { state: "DISABLED" })).status).toBe(403);
    expect((await rest("PUT", `/admin/users/${randomUUID()}`, await admin(), { state: "DISABLED" })).code).toBe("identity.accountNotFound");
  });
});

it("no password and no token stands in a log line, an audit row or the outbox", async () => {
  expect(logged.length + door.lines.length).toBeGreaterThan(0);
  const [audit, outbox] = [await door.db.auditEntry.findMany(), await door.db.outbox.findMany()];
  const everything = [
    ...logged,
    ...door.lines,
    ...audit.map((row) => JSON.stringify(row.details)),
    ...outbox.map((row) => JSON.stringify(row.payload)),
  ].join("\n");
  expect(everything).not.toMatch(/canary-(old|new)-/);
});
