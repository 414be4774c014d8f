import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { hashPassword } from "@maru/platform/crypto/password";
import { type HostileAnswer, type HostileOptions, startHostileLdap } from "@maru/platform/ldap/testing/hostile-server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { GUEST_ACTOR, signIn } from "../identity/service";
import { createServerSource, createVouched } from "./testing/vouched-people";

const RIGHT = "the right password";
const WINDOWS_PAST = "133000000000000000";

let test: TestMaru;
let local: string;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  test = await createTestMaru();
  local = (await createAccount(test.db, { passwordHash: await hashPassword(RIGHT) })).username;
});
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));
afterAll(() => test.stop());

const enter = (username: string, password: string, address: string = randomUUID()) =>
  refusal(signIn(test.contextFor(GUEST_ACTOR), { username, password }, { address, userAgent: null }));
const timed = async (work: Promise<string>) => {
  const startedAt = performance.now();
  return { answer: await work, ms: performance.now() - startedAt };
};

const entries =
  (...found: readonly { dn: string; attributes?: Record<string, string[]> }[]): NonNullable<HostileOptions["onSearch"]> =>
  (_search, answer: HostileAnswer) => {
    for (const { dn, attributes = {} } of found) answer.entry(dn, { entryUUID: [randomUUID()], ...attributes });
    answer.done({ cookie: "" });
  };
const bindsWith =
  (code: number, message?: string): NonNullable<HostileOptions["onBind"]> =>
  (dn, password) =>
    dn === "cn=sync" || password === RIGHT ? { code: 0 } : { code, message };
const HERS = { dn: "cn=her own,dc=corp" };

/** A directory of its own, with somebody whom it has brought. */
const directory = async (options: HostileOptions = {}) => {
  const server = await startHostileLdap({ onBind: bindsWith(49), onSearch: entries(HERS), ...options });
  closing.push(server.close);
  const sourceId = await createServerSource(test, { url: server.url });
  return { server, sourceId, ...(await createVouched(test, sourceId, `d-${randomUUID()}`)) };
};

describe("the password of somebody whom a directory vouches for", () => {
  it("is asked of the directory: her entry is looked for, and its name binds on a connection of its own", async () => {
    const { server, username, email } = await directory();
    expect(await enter(username, RIGHT)).toBe("done");
    expect([server.log, server.connections()]).toEqual([["bind cn=sync", "search dc=corp", `bind ${HERS.dn}`], 2]);
    expect(await enter(email, RIGHT)).toBe("done");
    expect(await enter(username, "wrong")).toBe("identity.signInRefused");
  });

  it("is refused before anybody is asked when it is empty, or would end early", async () => {
    const { server, username } = await directory({ onBind: () => ({ code: 0 }) });
    for (const password of ["", "\0", `\0${RIGHT}`]) expect(await enter(username, password)).toBe("identity.signInRefused");
    expect([server.log, server.connections()]).toEqual([[], 0]);
    expect(await enter(username, RIGHT)).toBe("done");
    expect(server.connections()).toBe(2);
  });

  it("is asked of nobody for whom no directory vouches, whatever is typed as a name", async () => {
    const { server, username } = await directory({ onBind: () => ({ code: 0 }) });
    for (const name of ["*", "*)(objectClass=*", `${username})(|(cn=*`, `${username}*`, "cn=her own,dc=corp", "\\2a"])
      expect(await enter(name, RIGHT), name).toBe("identity.signInRefused");
    expect(await enter(local, RIGHT)).toBe("done");
    expect(await enter(local, "wrong")).toBe("identity.signInRefused");
    expect(server.connections()).toBe(0);
  });

  it("opens nothing when no entry is found, or more than one: nobody is asked to bind", async () => {
    for (const onSearch of [entries(), entries(HERS, { dn: "cn=another,dc=corp" })]) {
      const { server, username } = await directory({ onSearch });
      expect(await enter(username, RIGHT)).toBe("identity.signInRefused");
      expect(server.log).toEqual(["bind cn=sync", "search dc=corp"]);
    }
  });

  it("opens nothing for whose account has ended or is locked for good, although the server takes it", async () => {
    const expired = await directory({ onSearch: entries({ ...HERS, attributes: { accountExpires: [WINDOWS_PAST] } }) });
    expect(await enter(expired.username, RIGHT)).toBe("identity.directoryAccountExpired");
    expect(await enter(expired.username, "wrong")).toBe("identity.signInRefused");
    const locked = await directory({ onSearch: entries({ ...HERS, attributes: { pwdAccountLockedTime: ["000001010000Z"] } }) });
    expect(await enter(locked.username, RIGHT)).toBe("identity.signInRefused");
  });

  it("is not asked for once her account is disabled here, she has left, or nobody vouches for her any more", async () => {
    const { server, username, accountId, personId, sourceId } = await directory();
    await test.db.account.update({ where: { id: accountId }, data: { state: "DISABLED" } });
    expect(await enter(username, RIGHT)).toBe("identity.signInRefused");
    await test.db.account.update({ where: { id: accountId }, data: { state: "ACTIVE" } });
    await test.db.person.update({ where: { id: personId }, data: { state: "RESIGNED" } });
    expect(await enter(username, RIGHT)).toBe("identity.signInRefused");
    await test.db.person.update({ where: { id: personId }, data: { state: "ACTIVE" } });
    await test.db.syncSource.delete({ where: { id: sourceId } });
    expect(await enter(username, RIGHT)).toBe("identity.signInRefused");
    expect(server.connections()).toBe(0);
  });

  it("counts before it is asked: who guesses is stopped, and the directory hears no more of it", async () => {
    const { server, username } = await directory();
    const address = randomUUID();
    const answers: string[] = [];
    for (let guess = 0; guess < 6; guess += 1) answers.push(await enter(username, `guess ${guess}`, address));
    expect(answers).toEqual([...Array.from({ length: 5 }, () => "identity.signInRefused"), "identity.tooManyAttempts"]);
    expect(server.log.filter((line) => line === `bind ${HERS.dn}`)).toHaveLength(5);
  });

  it("answers strangers, local accounts and its own alike: the same words, and none of them earlier", async () => {
    const { username } = await directory();
    const refused = await Promise.all([username, local, `nobody-${randomUUID()}`].map((name) => timed(enter(name, "wrong"))));
    expect(refused.map(({ answer }) => answer)).toEqual(Array.from({ length: 3 }, () => "identity.signInRefused"));
    for (const { ms } of refused) expect(ms).toBeGreaterThanOrEqual(590);
  });

  it("keeps what was typed out of the audit log", async () => {
    const { username, accountId, server } = await directory();
    await enter(username, "a wrong secret");
    await server.close();
    closing.length = 0;
    await enter(username, "a wrong secret");
    const rows = await test.db.auditEntry.findMany({ where: { subjectId: accountId, action: "identity.account.refuse-sign-in" } });
    expect(rows.map(({ details }) => (details as { verdict?: string }).verdict ?? null)).toEqual([null, "unavailable"]);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`a wrong secret|${username}`, "u"));
  });
});

describe("a directory that can't be asked", () => {
  it("says nothing of the password: its own account is refused, or its answer is none", async () => {
    const refusing = await directory({ onBind: () => ({ code: 49 }) });
    expect(await enter(refusing.username, RIGHT)).toBe("identity.directoryUnavailable");
    const broken = await directory({ onSearch: (_search, answer) => answer.drop() });
    expect(await enter(broken.username, RIGHT)).toBe("identity.directoryUnavailable");
    const busy = await directory({ onBind: bindsWith(51) });
    expect(await enter(busy.username, "wrong")).toBe("identity.directoryUnavailable");
  });

  it("is waited for three seconds, and after three times not at all: the others go on, and so do local accounts", async () => {
    const silent = await directory({ onSearch: () => undefined });
    const other = await directory();
    const first = await Promise.all([1, 2, 3].map(() => timed(enter(silent.username, RIGHT))));
    expect(first.map(({ answer }) => answer)).toEqual(Array.from({ length: 3 }, () => "identity.directoryUnavailable"));
    for (const { ms } of first) expect(ms).toBeLessThan(4_500);
    const asked = silent.server.connections();
    const next = await timed(enter(silent.username, RIGHT));
    expect([next.answer, silent.server.connections()]).toEqual(["identity.directoryUnavailable", asked]);
    expect(next.ms).toBeLessThan(2_000);
    expect(await enter(other.username, RIGHT)).toBe("done");
    expect(await enter(other.username, "wrong")).toBe("identity.signInRefused");
    expect(await enter(local, RIGHT)).toBe("done");
    expect(await enter(local, "wrong")).toBe("identity.signInRefused");
    // Who is nobody here may be somebody there.
    expect(await enter(`nobody-${randomUUID()}`, "wrong")).toBe("identity.directoryUnavailable");
  });

  it("costs nobody an attempt", async () => {
    const { username, server } = await directory({ onSearch: (_search, answer) => answer.drop() });
    const address = randomUUID();
    for (let attempt = 0; attempt < 7; attempt += 1) expect(await enter(username, RIGHT, address)).toBe("identity.directoryUnavailable");
    // The first three found it out.
    expect(server.log.filter((line) => line.startsWith("search"))).toHaveLength(3);
  });
});
