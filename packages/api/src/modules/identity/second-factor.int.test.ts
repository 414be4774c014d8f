import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { hashPassword } from "@maru/platform/crypto/password";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeAt } from "../../testing/generators";
import { createTestMaru, findRefusal, refusal, type TestMaru } from "../../testing/testing";
import { findActorForPerson, GUEST_ACTOR } from "./service/actors";
import { syncBuiltInRoles } from "./service/roles";
import { completeLogIn, completeSignIn, logIn, signIn } from "./service/sign-in";
import { rightsPeople } from "./testing/rights-people";

const PASSWORD = "올바른 긴 비밀번호 하나";
let test: TestMaru;
let passwordHash: string;
let now = new Date("2026-11-21T10:00:00Z");

beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
  passwordHash = await hashPassword(PASSWORD);
  await refusal(signIn(guest(), { username: `warm-${randomUUID()}`, password: "x" }, from()));
  await new Promise((resolve) => setTimeout(resolve, 500));
});
afterAll(() => test.stop());

const guest = () => test.contextFor(GUEST_ACTOR);
const from = () => ({ address: randomUUID(), userAgent: "test" });
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000);
};
const actorOf = async (personId: string) => {
  const actor = await findActorForPerson(test.maru.database, personId);
  if (!actor) throw new Error("no actor");
  return actor;
};
/** Somebody with a password and a generator. */
const enrolled = async () => {
  const account = await createAccount(test.db, { username: `u-${randomUUID()}`, passwordHash });
  const { factor } = test.as(await actorOf(account.personId));
  const { secret } = await factor.startGenerator({});
  const { recoveryCodes } = await factor.confirmGenerator({ code: codeAt(secret, now) });
  later(30);
  return { ...account, secret, code: () => codeAt(secret, now), recoveryCode: recoveryCodes?.[0] ?? "" };
};
type Enrolled = Awaited<ReturnType<typeof enrolled>>;
const begin = async ({ username }: Enrolled): Promise<string> => {
  const refused = await findRefusal(signIn(guest(), { username, password: PASSWORD }, from()));
  expect(refused).toMatchObject({ code: "identity.secondFactorNeeded", details: { methods: ["totp", "recovery"] } });
  return refused?.details.challenge as string;
};
const complete = (challenge: string, code: string) => refusal(completeSignIn(guest(), { challenge, code }, from()));
const sessionsOf = ({ id }: { id: string }) => test.db.session.count({ where: { accountId: id, userAgent: "test" } });

describe("a sign-in of an account with a second factor", () => {
  it("is half done after the password, and whole after the code", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    expect(await sessionsOf(account)).toBe(0);
    const { token, personId } = await completeSignIn(guest(), { challenge, code: account.code() }, from());
    expect(personId).toBe(account.personId);
    expect(await test.maru.tools.tokens.verify("web", token)).not.toBeNull();
    expect(await sessionsOf(account)).toBe(1);
  });

  it("gives a challenge that is no token at any door, and stands nowhere as it is", async () => {
    const challenge = await begin(await enrolled());
    for (const use of ["web", "access"] as const) expect(await test.maru.tools.tokens.verify(use, challenge)).toBeNull();
    const rows = JSON.stringify([await test.db.signInChallenge.findMany(), await test.db.auditEntry.findMany()]);
    expect(rows).not.toContain(challenge);
  });

  it("is asked for no factor with a wrong password", async () => {
    const { username } = await enrolled();
    expect(await refusal(signIn(guest(), { username, password: "wrong password" }, from()))).toBe("identity.signInRefused");
  });

  it("is completed by a recovery code once, which is told to its owner", async () => {
    const account = await enrolled();
    expect(await complete(await begin(account), account.recoveryCode)).toBe("done");
    expect(await complete(await begin(account), account.recoveryCode)).toBe("identity.secondFactorRefused");
    const events = await test.db.outbox.findMany({ where: { name: "factor.recovery-code-used" } });
    expect(events.filter(({ payload }) => JSON.stringify(payload).includes(account.personId))).toHaveLength(1);
  });
});

describe("a challenge", () => {
  it("is good once", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    expect(await complete(challenge, account.code())).toBe("done");
    later(30);
    expect(await complete(challenge, account.code())).toBe("identity.challengeEnded");
    expect(await sessionsOf(account)).toBe(1);
  });

  it("opens one session for two right answers at once", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    const answers = await Promise.all([complete(challenge, account.code()), complete(challenge, account.recoveryCode)]);
    expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
    expect(await sessionsOf(account)).toBe(1);
    // Whose answer came too late has used nothing up.
    expect(await test.db.recoveryCode.count({ where: { accountId: account.id, usedAt: null } })).toBeGreaterThanOrEqual(9);
  });

  it("ends after five minutes", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    later(301);
    expect(await complete(challenge, account.code())).toBe("identity.challengeEnded");
  });

  it("ends after five wrong codes, however many come at once", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    const answers = await Promise.all(Array.from({ length: 12 }, () => complete(challenge, "000000")));
    expect(answers.filter((answer) => answer === "identity.secondFactorRefused")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "identity.challengeEnded")).toHaveLength(7);
    expect(await complete(challenge, account.code())).toBe("identity.challengeEnded");
    // A new one begins where the failures of the account stand.
    expect(await complete(await begin(account), account.code())).toBe("factor.tooManyCodes");
  });

  it("takes no code that was used, and none of another account", async () => {
    const [account, other] = [await enrolled(), await enrolled()];
    const code = account.code();
    expect(await complete(await begin(account), other.code())).toBe("identity.secondFactorRefused");
    expect(await complete(await begin(account), code)).toBe("done");
    expect(await complete(await begin(account), code)).toBe("identity.secondFactorRefused");
  });

  it("of the web opens no session of the API, and the other way round", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    expect(await refusal(completeLogIn(guest(), { challenge, code: account.code() }, from()))).toBe("identity.challengeEnded");
    const refused = await findRefusal(logIn(guest(), { username: account.username, password: PASSWORD }, from()));
    expect(await complete(refused?.details.challenge as string, account.code())).toBe("identity.challengeEnded");
  });

  it("is worth nothing once the account is disabled", async () => {
    const account = await enrolled();
    const challenge = await begin(account);
    await test.db.account.update({ where: { id: account.id }, data: { state: "DISABLED" } });
    expect(await complete(challenge, account.code())).toBe("identity.challengeEnded");
  });

  it("is refused without a word of why when it never was", async () =>
    expect(await complete("never", "123456")).toBe("identity.challengeEnded"));
});

describe("the API", () => {
  it("takes the code along with the password, or after it", async () => {
    const account = await enrolled();
    const credentials = { username: account.username, password: PASSWORD };
    expect(await refusal(logIn(guest(), { ...credentials, otp: "000000" }, from()))).toBe("identity.secondFactorRefused");
    expect((await logIn(guest(), { ...credentials, otp: account.code() }, from())).user.id).toBe(account.id);
    later(30);
    const refused = await findRefusal(logIn(guest(), credentials, from()));
    expect(refused).toMatchObject({ kind: "unauthenticated", code: "identity.secondFactorNeeded" });
    const input = { challenge: refused?.details.challenge as string, code: account.code() };
    expect((await test.as(null).identity.completeLogIn(input)).user.id).toBe(account.id);
  });
});

describe("a role", () => {
  it("that demands a factor lets nothing else be done without one", async () => {
    const people = rightsPeople(test);
    const admin = await people.createAdministrator();
    const roleId = await people.createRole(["board.read"]);
    const person = await people.createPerson([roleId]);
    expect(await test.as(admin).identity.setFactorRule({ id: roleId, rule: "REQUIRED" })).toEqual({ done: true });
    const actor = await people.actorOf(person.id);
    const { board, factor, identity } = test.as(actor);
    expect(await refusal(board.listBoards({}))).toBe("factor.setupNeeded");
    expect(await refusal(identity.listPersonalTokens())).toBe("factor.setupNeeded");
    expect((await identity.me()).id).toBe(actor.accountId);
    const { secret } = await factor.startGenerator({});
    await factor.confirmGenerator({ code: codeAt(secret, now) });
    const free = test.as(await people.actorOf(person.id));
    expect(await free.board.listBoards({})).toBeDefined();
    expect(await refusal(free.factor.removeGenerator({}))).toBe("factor.factorCompulsory");
    await test.as(admin).identity.setFactorRule({ id: roleId, rule: "OPTIONAL" });
    expect(await test.as(await people.actorOf(person.id)).factor.removeGenerator({})).toEqual({ done: true });
  });

  it("of system administrators keeps the factor that they set up, and forces none", async () => {
    const people = rightsPeople(test);
    const admin = await people.createAdministrator();
    expect(admin).toMatchObject({ keepsFactor: true, needsFactor: false });
    const { factor } = test.as(admin);
    const { secret } = await factor.startGenerator({});
    await factor.confirmGenerator({ code: codeAt(secret, now) });
    expect(await refusal(factor.removeGenerator({}))).toBe("factor.factorCompulsory");
  });

  it("is told what it asks by whoever changes roles", async () => {
    const people = rightsPeople(test);
    const id = await people.createRole([]);
    expect(await refusal(test.as(test.actors.member).identity.setFactorRule({ id, rule: "KEPT" }))).toBe("common.forbidden");
    const admin = test.as(await people.createAdministrator()).identity;
    expect(await refusal(admin.setFactorRule({ id: randomUUID(), rule: "KEPT" }))).toBe("identity.roleNotFound");
    expect(await refusal(admin.setFactorRule({ id, rule: "SOMETIMES" } as never))).toBe("common.invalidInput");
  });
});
