import { randomUUID } from "node:crypto";
import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { findActorForPerson, GUEST_ACTOR } from "./service/actors";
import { openSession, type SignedIn } from "./service/sessions";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const open = (owner: { id: string; personId: string }, kind: "WEB" | "API" = "WEB"): Promise<SignedIn> =>
  openSession(test.contextFor(GUEST_ACTOR), owner, kind, { address: "203.0.113.7", userAgent: CHROME });
/** A person with three sessions, as the first of them sees herself. */
const somebody = async () => {
  const account = await createAccount(test.db);
  const sessions = [await open(account), await open(account), await open(account, "API")];
  const actor = (await findActorForPerson(test.maru.database, account.personId)) as Actor;
  return { account, sessions, identity: test.as({ ...actor, sessionId: (sessions[0] as SignedIn).sessionId }).identity };
};
const openIds = async (accountId: string) =>
  (await test.db.session.findMany({ where: { accountId, endedAt: null }, select: { id: true } })).map(({ id }) => id).sort();

describe("listSessions", () => {
  it("tells device, place and which one is this", async () => {
    const { sessions, identity } = await somebody();
    const views = await identity.listSessions();
    expect(views.map(({ id }) => id).sort()).toEqual(sessions.map(({ sessionId }) => sessionId).sort());
    expect(views.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([sessions[0]?.sessionId]);
    expect(views[0]).toMatchObject({ browser: "Chrome", system: "Windows", address: "203.0.113.7" });
    expect(views.map(({ kind }) => kind).sort()).toEqual(["API", "WEB", "WEB"]);
  });

  it("leaves out what has ended or expired", async () => {
    const { sessions, identity } = await somebody();
    const [first, second, third] = sessions.map(({ sessionId }) => sessionId);
    await test.db.session.update({ where: { id: second as string }, data: { endedAt: new Date() } });
    await test.db.session.update({ where: { id: third as string }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await identity.listSessions()).map(({ id }) => id)).toEqual([first]);
  });

  it("is for whoever has signed in", async () =>
    expect(await refusal(test.as(null).identity.listSessions())).toBe("common.signInRequired"));
});

describe("revokeSession", () => {
  it("ends one, on record, and nobody else's", async () => {
    const { account, sessions, identity } = await somebody();
    const other = await somebody();
    const id = (sessions[1] as SignedIn).sessionId;
    expect(await identity.revokeSession({ id })).toEqual({ done: true });
    expect(await openIds(account.id)).not.toContain(id);
    expect(await test.db.auditEntry.count({ where: { action: "identity.session.end", subjectId: id } })).toBe(1);
    expect(await refusal(identity.revokeSession({ id }))).toBe("identity.sessionNotFound");
    expect(await refusal(identity.revokeSession({ id: (other.sessions[1] as SignedIn).sessionId }))).toBe("identity.sessionNotFound");
    expect(await openIds(other.account.id)).toHaveLength(3);
  });

  it.each([{}, { id: "1" }, { id: randomUUID(), all: true }])("refuses %j", async (input) => {
    const { identity } = await somebody();
    expect(await refusal(identity.revokeSession(input as never))).toBe("common.invalidInput");
  });
});

describe("revokeSessions", () => {
  it("ends all others, or all", async () => {
    const { account, sessions, identity } = await somebody();
    const other = await somebody();
    expect(await identity.revokeSessions({ keepsCurrent: true })).toEqual({ ended: 2 });
    expect(await openIds(account.id)).toEqual([(sessions[0] as SignedIn).sessionId]);
    expect(await identity.revokeSessions({ keepsCurrent: false })).toEqual({ ended: 1 });
    expect(await openIds(account.id)).toEqual([]);
    expect(await openIds(other.account.id)).toHaveLength(3);
    const ended = sessions.map(({ sessionId }) => sessionId);
    expect(await test.db.auditEntry.count({ where: { action: "identity.session.end", subjectId: { in: ended } } })).toBe(3);
  });

  it.each([{}, { keepsCurrent: "yes" }, { keepsCurrent: true, accountId: randomUUID() }])("refuses %j", async (input) => {
    const { identity } = await somebody();
    expect(await refusal(identity.revokeSessions(input as never))).toBe("common.invalidInput");
  });
});
