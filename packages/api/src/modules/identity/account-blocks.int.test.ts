import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import { sha256 } from "@maru/platform/crypto/token";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writerOf } from "../../testing/roster";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { personDeactivated, personReactivated } from "../directory/events";
import { deactivatePeople, reactivatePeople } from "../directory/service";
import {
  type AccountDisabler,
  authenticateToken,
  disableAccounts,
  enableAccounts,
  findActorForPerson,
  GUEST_ACTOR,
  listIndispensable,
  SESSION_HINT,
  syncBuiltInRoles,
} from "./service";
import { openSession } from "./service/sessions";
import { subscriptions } from "./subscriptions";
import { type RightsPeople, rightsPeople } from "./testing/rights-people";

let test: TestMaru;
let people: RightsPeople;
beforeAll(async () => {
  test = await createTestMaru({ poolSize: 8 });
  await syncBuiltInRoles(test.maru.database);
  people = rightsPeople(test);
});
afterAll(() => test.stop());
beforeEach(() => people.forgetAdministrators());

const disable = (ids: readonly string[], by: AccountDisabler) => writerOf(test)((tx) => disableAccounts(tx, ids, by));
const enable = (ids: readonly string[], by: AccountDisabler) => writerOf(test)((tx) => enableAccounts(tx, ids, by));
const stateOf = async (personId: string) => {
  const { state, disabledBy } = await test.db.account.findUniqueOrThrow({ where: { personId } });
  return disabledBy ? `${state} ${disabledBy}` : state;
};
const leave = (personId: string) => writerOf(test)((tx) => deactivatePeople(tx, [{ personId, reason: "DIRECTORY", on: "2026-11-22" }]));
const comeBack = (personId: string) => writerOf(test)((tx) => reactivatePeople(tx, [personId], "DIRECTORY"));

/** What the worker does with an event, as often and as late as it likes. */
const hear = async (event: typeof personDeactivated | typeof personReactivated, payload: object) => {
  const subscription = subscriptions.find((one) => one.event === event);
  const occurrence = { id: newId(), payload, actorId: null, occurredAt: new Date() };
  await subscription?.react(test.contextFor({ ...GUEST_ACTOR }), occurrence, AbortSignal.timeout(5_000));
};
const hearLeaving = (personId: string) => hear(personDeactivated, { personId, reason: "DIRECTORY", effectiveOn: "2026-11-22" });
const hearReturn = (personId: string) => hear(personReactivated, { personId });

const from = { address: "203.0.113.41", userAgent: null };
/** Somebody with a session of each kind and a personal token. */
const signedIn = async () => {
  const account = await createAccount(test.db);
  const guest = test.contextFor(GUEST_ACTOR);
  const [web, api] = [await openSession(guest, account, "WEB", from), await openSession(guest, account, "API", from)];
  const token = `maru_pat_${newId()}`;
  const expiresAt = new Date(Date.now() + 3_600_000);
  await test.db.personalToken.create({
    data: { id: newId(), accountId: account.id, name: "t", tokenHash: sha256(token), scopes: [], expiresAt },
  });
  return { personId: account.personId, accountId: account.id, web, api, token };
};
const isKnown = async (use: "web" | "access", token: string) => {
  const { pool, sql } = test.maru.database;
  const reader = { pool, sql, tokens: test.maru.tools.tokens, now: () => new Date() };
  return (await authenticateToken(reader, use, token, from.address)) !== null;
};
const doors = async ({ web, api, token }: Awaited<ReturnType<typeof signedIn>>) =>
  Promise.all([isKnown("web", web.token), isKnown("access", api.token), isKnown("access", token)]);

describe("disableAccounts and enableAccounts", () => {
  it("ends sessions and tokens at once, says so to the doors, and is taken back by what did it alone", async () => {
    const one = await signedIn();
    const heard: string[] = [];
    const stop = test.maru.hints.subscribe(SESSION_HINT, (id) => void heard.push(id));
    expect(await doors(one)).toEqual([true, true, true]);
    expect(await disable([one.personId], "DIRECTORY")).toEqual({ disabled: [one.personId], refused: [] });
    expect(await doors(one)).toEqual([false, false, false]);
    await expect.poll(() => heard.toSorted(), { timeout: 5_000 }).toEqual([one.web.sessionId, one.api.sessionId].toSorted());
    stop();
    expect(await enable([one.personId], "DEACTIVATION")).toEqual([]);
    expect(await enable([one.personId], "DIRECTORY")).toEqual([one.personId]);
    // What has ended stays ended; her script goes on.
    expect(await doors(one)).toEqual([false, false, true]);
    expect(await disable([newId()], "DIRECTORY")).toEqual({ disabled: [], refused: [] });
  });

  it("leaves blocked what an administrator has blocked, before or after", async () => {
    const [before, after] = [await createAccount(test.db), await createAccount(test.db)];
    const admin = test.as(test.actors.admin).identity;
    const block = ({ id }: { id: string }) => admin.updateAccount({ id, state: "DISABLED" });
    await block(before);
    await disable([before.personId, after.personId], "DIRECTORY");
    expect([await stateOf(before.personId), await stateOf(after.personId)]).toEqual(["DISABLED", "DISABLED DIRECTORY"]);
    await block(after);
    expect(await enable([before.personId, after.personId], "DIRECTORY")).toEqual([]);
    expect([await stateOf(before.personId), await stateOf(after.personId)]).toEqual(["DISABLED", "DISABLED"]);
    await admin.updateAccount({ id: after.id, state: "ACTIVE" });
    expect(await stateOf(after.personId)).toBe("ACTIVE");
  });

  it("waits for an administrator who blocks one of the set at the same moment, and the other way round", async () => {
    const accounts = await Promise.all(Array.from({ length: 5 }, () => createAccount(test.db)));
    const admin = test.as(test.actors.admin).identity;
    const ids = accounts.map(({ personId }) => personId);
    await Promise.all([disable(ids, "DIRECTORY"), ...accounts.map(({ id }) => admin.updateAccount({ id, state: "DISABLED" }))]);
    expect(await enable(ids, "DIRECTORY")).toEqual([]);
  });

  it("leaves an account that is about to be erased what it is", async () => {
    const account = await createAccount(test.db);
    await disable([account.personId], "DEACTIVATION");
    await test.as(test.actors.admin).identity.deleteAccount({ id: account.id });
    expect(await enable([account.personId], "DEACTIVATION")).toEqual([]);
    expect((await test.db.account.findUniqueOrThrow({ where: { id: account.id } })).eraseAfter).not.toBeNull();
  });

  it("lets her leaving weigh more than what the directory says of her account", async () => {
    const { personId } = await createAccount(test.db);
    await disable([personId], "DIRECTORY");
    await disable([personId], "DEACTIVATION");
    expect(await stateOf(personId)).toBe("DISABLED DEACTIVATION");
    expect((await disable([personId], "DIRECTORY")).disabled).toEqual([]);
    expect(await enable([personId], "DIRECTORY")).toEqual([]);
  });

  it("keeps the last administrators, all of them, and disables the others of the set", async () => {
    const [first, second, third] = [await people.createAdministrator(), await people.createAdministrator(), await createAccount(test.db)];
    const all = [first.id, second.id, third.personId];
    const saved = await disable(all, "DIRECTORY");
    expect(saved.disabled).toEqual([third.personId]);
    expect(saved.refused.map(({ personId, reason }) => [personId, reason]).toSorted()).toEqual(
      [first.id, second.id].map((id) => [id, "identity.lastAdministrator"]).toSorted(),
    );
    expect((await writerOf(test)((tx) => listIndispensable(tx, all))).toSorted()).toEqual([first.id, second.id].toSorted());
    expect(await writerOf(test)((tx) => listIndispensable(tx, [first.id]))).toEqual([]);
    expect((await disable([first.id], "DIRECTORY")).disabled).toEqual([first.id]);
    expect((await disable([second.id], "DIRECTORY")).refused).toHaveLength(1);
  });

  it("leaves one of two administrators who are disabled at once", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    await Promise.all([disable([first.id], "DIRECTORY"), disable([second.id], "DIRECTORY")]);
    const ends = await Promise.all([first, second].map(({ id }) => findActorForPerson(test.maru.database, id)));
    expect(ends.filter((actor) => actor !== null)).toHaveLength(1);
  });
});

describe("what becomes of the account of a person who is deactivated", () => {
  it("is refused at every door from that moment on, and disabled when the event is heard", async () => {
    const one = await signedIn();
    await leave(one.personId);
    expect(await doors(one)).toEqual([false, false, false]);
    expect(await stateOf(one.personId)).toBe("ACTIVE");
    await hearLeaving(one.personId);
    await hearLeaving(one.personId);
    expect(await stateOf(one.personId)).toBe("DISABLED DEACTIVATION");
    expect(await test.db.session.count({ where: { accountId: one.accountId, endedAt: null } })).toBe(0);
    expect(await test.db.auditEntry.count({ where: { subjectId: one.accountId, action: "identity.account.disable" } })).toBe(1);
    await comeBack(one.personId);
    await hearReturn(one.personId);
    expect(await stateOf(one.personId)).toBe("ACTIVE");
    // An event that comes late tells of what is over.
    await hearLeaving(one.personId);
    expect(await stateOf(one.personId)).toBe("ACTIVE");
    expect(await doors(one)).toEqual([false, false, true]);
  });

  it("does nothing for her return while she is away again, nor for what an administrator has blocked", async () => {
    const { personId, id } = await createAccount(test.db);
    await leave(personId);
    await hearLeaving(personId);
    await hearReturn(personId);
    expect(await stateOf(personId)).toBe("DISABLED DEACTIVATION");
    await test.as(test.actors.admin).identity.updateAccount({ id, state: "DISABLED" });
    await comeBack(personId);
    await hearReturn(personId);
    expect(await stateOf(personId)).toBe("DISABLED");
    expect(await refusal(test.as(test.actors.admin).identity.deleteAccount({ id }))).toBe("done");
  });

  it("is disabled, the last administrator's too: she has left, and nobody signs in with it", async () => {
    const administrator = await people.createAdministrator();
    await leave(administrator.id);
    await hearLeaving(administrator.id);
    expect(await stateOf(administrator.id)).toBe("DISABLED DEACTIVATION");
  });
});
