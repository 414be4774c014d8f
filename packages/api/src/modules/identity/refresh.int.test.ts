import { randomUUID } from "node:crypto";
import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { sha256 } from "@maru/platform/crypto/token";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subscriptions } from "../../reactions";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { findActorForPerson, GUEST_ACTOR } from "./service/actors";
import { refresh } from "./service/refresh";
import { endSession, openSession } from "./service/sessions";
import { authenticateToken } from "./service/tokens";

const START = new Date("2026-11-21T09:00:00Z");
const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

let now = START;
const pass = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru({ clock: () => now, poolSize: 20 });
});
afterAll(() => test.stop());
beforeEach(() => {
  now = START;
});

const from = { address: "203.0.113.7", userAgent: "curl/8.14.1" };
const guest = () => test.contextFor(GUEST_ACTOR);
const signIn = async () => {
  const account = await createAccount(test.db);
  const signedIn = await openSession(guest(), { id: account.id, personId: account.personId }, "API", from);
  return { ...signedIn, refreshToken: signedIn.refreshToken as string };
};
const next = (refreshToken: string) => refresh(guest(), { refreshToken }, from);
const refused = (refreshToken: string) => refusal(next(refreshToken));
const isGood = async (accessToken: string): Promise<boolean> => {
  const { pool, sql } = test.maru.database;
  return (await authenticateToken({ pool, sql, tokens: test.maru.tools.tokens, now: () => now }, "access", accessToken, null)) !== null;
};

describe("a refresh", () => {
  it("gives the next two tokens, each link another, and what is kept is their hashes", async () => {
    const { refreshToken, sessionId } = await signIn();
    expect(refreshToken).toMatch(/^maru_rt_[\w-]{43}$/);
    const first = await next(refreshToken);
    const second = await next(first.refreshToken);
    expect(new Set([refreshToken, first.refreshToken, second.refreshToken]).size).toBe(3);
    expect([first.expiresIn, await isGood(first.accessToken), await isGood(second.accessToken)]).toEqual([900, true, true]);
    const rows = await test.db.refreshToken.findMany({ where: { sessionId } });
    expect(new Set(rows.map(({ tokenHash }) => tokenHash))).toEqual(
      new Set([refreshToken, first.refreshToken, second.refreshToken].map(sha256)),
    );
  });

  it("asked for twenty times at once has one successor, and signs nobody out", async () => {
    const { refreshToken, sessionId } = await signIn();
    const pairs = await Promise.all(Array.from({ length: 20 }, () => next(refreshToken)));
    expect(new Set(pairs.map((pair) => pair.refreshToken)).size).toBe(1);
    expect(await test.db.refreshToken.count({ where: { sessionId } })).toBe(2);
    expect(await Promise.all(pairs.map(({ accessToken }) => isGood(accessToken)))).not.toContain(false);
    expect(await refused(pairs[0]?.refreshToken as string)).toBe("done");
  });

  it("that is repeated within ten seconds gives the same successor", async () => {
    const { refreshToken } = await signIn();
    const first = await next(refreshToken);
    pass(10 * SECOND);
    expect((await next(refreshToken)).refreshToken).toBe(first.refreshToken);
    expect(await refused(first.refreshToken)).toBe("done");
  });

  it("moves the end of the session by seven days, and never beyond thirty (ASVS 7.3.2, 10.4.8)", async () => {
    const { refreshToken, sessionId } = await signIn();
    const end = async () => (await test.db.session.findUniqueOrThrow({ where: { id: sessionId } })).expiresAt;
    expect(await end()).toEqual(new Date(START.getTime() + 7 * DAY));
    let token = refreshToken;
    for (let count = 0; count < 5; count += 1) {
      pass(6 * DAY - 1);
      if (count < 4) token = (await next(token)).refreshToken;
    }
    expect(await end()).toEqual(new Date(START.getTime() + 30 * DAY));
    const last = await next(token);
    pass(5);
    expect(await refused(last.refreshToken)).toBe("identity.refreshRefused");
  });

  it("shortens the access token to what is left of the session", async () => {
    const { refreshToken } = await signIn();
    let token = refreshToken;
    for (let count = 0; count < 5; count += 1) {
      pass(6 * DAY - 60 * SECOND);
      token = (await next(token)).refreshToken;
    }
    const { expiresIn, accessToken } = await next(token);
    expect(expiresIn).toBe(300);
    pass(300 * SECOND);
    expect(await isGood(accessToken)).toBe(false);
  });
});

describe("a refresh token", () => {
  it("that is used again later ends the family, which is on record and told to its owner once", async () => {
    const { refreshToken, sessionId, personId } = await signIn();
    const first = await next(refreshToken);
    pass(10 * SECOND + 1);
    expect(await refused(refreshToken)).toBe("identity.refreshRefused");
    expect(await isGood(first.accessToken)).toBe(false);
    expect(await refused(first.refreshToken)).toBe("identity.refreshRefused");
    const session = await test.db.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect([session.endedAt, session.endReason]).toEqual([now, "refresh-token-reused"]);
    const records = await test.db.auditEntry.findMany({ where: { subjectId: sessionId } });
    expect(records.map(({ action, details }) => ({ action, details }))).toEqual([
      { action: "identity.session.end", details: { reason: "refresh-token-reused", address: from.address } },
    ]);
    const events = await test.db.outbox.findMany({ where: { name: "identity.session-stolen" } });
    const told = events.filter(({ payload }) => (payload as { sessionId: string }).sessionId === sessionId);
    expect(told.map(({ payload }) => payload)).toEqual([{ sessionId, personId }]);
  });

  it("that was used before the last one ends the family at once: nobody who is honest has it any more", async () => {
    const { refreshToken } = await signIn();
    const first = await next(refreshToken);
    const second = await next(first.refreshToken);
    expect(await refused(refreshToken)).toBe("identity.refreshRefused");
    expect(await refused(second.refreshToken)).toBe("identity.refreshRefused");
  });

  it("of another session of the same person stays good", async () => {
    const account = await createAccount(test.db);
    const owner = { id: account.id, personId: account.personId };
    const [stolen, other] = [await openSession(guest(), owner, "API", from), await openSession(guest(), owner, "API", from)];
    const { refreshToken } = await next(stolen.refreshToken as string);
    await next(refreshToken);
    expect(await refused(stolen.refreshToken as string)).toBe("identity.refreshRefused");
    expect(await refused(other.refreshToken as string)).toBe("done");
  });

  it("is refused alike whatever is wrong with it", async () => {
    const idle = await signIn();
    pass(7 * DAY);
    const ended = await signIn();
    const owner = (await findActorForPerson(test.maru.database, ended.personId)) as Actor;
    await endSession(test.contextFor(owner), ended.sessionId, "test");
    const disabled = await signIn();
    await test.db.account.update({ where: { id: disabled.accountId }, data: { state: "DISABLED" } });
    const gone = await signIn();
    await test.db.person.update({ where: { id: gone.personId }, data: { state: "RESIGNED" } });
    const answers = await Promise.all(
      [idle.refreshToken, ended.refreshToken, disabled.refreshToken, gone.refreshToken, `maru_rt_${randomUUID()}`, idle.token].map(refused),
    );
    expect(new Set(answers)).toEqual(new Set(["identity.refreshRefused"]));
  });

  it("is refused after its session ended, and that tells nobody of a theft", async () => {
    const { refreshToken, sessionId, personId } = await signIn();
    await next(refreshToken);
    const owner = (await findActorForPerson(test.maru.database, personId)) as Actor;
    await endSession(test.contextFor(owner), sessionId, "test");
    pass(60 * SECOND);
    expect(await refused(refreshToken)).toBe("identity.refreshRefused");
    const events = await test.db.outbox.findMany({ where: { name: "identity.session-stolen" } });
    expect(events.filter(({ payload }) => (payload as { sessionId: string }).sessionId === sessionId)).toEqual([]);
  });

  it.each([{}, { refreshToken: "" }, { refreshToken: 1 }, { refreshToken: "x", sessionId: "y" }, { refreshToken: "a\u0000b" }])(
    "is refused as an input: %j",
    async (input) => expect(await refusal(test.as(null).identity.refresh(input as never))).toBe("common.invalidInput"),
  );
});

describe("the owner of a stolen session", () => {
  it("is told by which device and where, and is led to her sessions", async () => {
    const { refreshToken, sessionId, personId } = await signIn();
    const first = await next(refreshToken);
    await next(first.refreshToken);
    await refused(refreshToken);
    const reaction = subscriptions.find(({ consumer }) => consumer === "notification.tell-of-stolen-session");
    const occurrence = { id: randomUUID(), actorId: null, occurredAt: now, payload: { sessionId, personId } };
    for (let count = 0; count < 2; count += 1) await reaction?.react(guest(), occurrence, AbortSignal.timeout(5_000));
    const owner = (await findActorForPerson(test.maru.database, personId)) as Actor;
    const reader = { ...owner, permissions: new Set(["notification.read"]) };
    const { items } = await test.as(reader).notification.listNotifications({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      topic: "identity.sessionStolen",
      actor: null,
      href: "/settings/sessions",
      title: "curl",
      excerpt: from.address,
      isAvailable: true,
    });
  });
});
