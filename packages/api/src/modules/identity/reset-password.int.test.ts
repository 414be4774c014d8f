import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { hashPassword, verifyPassword } from "@maru/platform/crypto/password";
import { sha256 } from "@maru/platform/crypto/token";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, findRefusal, refusal, type TestMaru } from "../../testing/testing";
import { LINK_TTL_MS } from "./contract";
import { GUEST_ACTOR } from "./service/actors";
import { purgeTokens } from "./service/purge-tokens";
import { forgotPassword, resetPassword } from "./service/reset-password";
import { isSessionOpen } from "./service/sessions";
import { signIn } from "./service/sign-in";
import { findMail, receiveToken, sendAskedLinks } from "./testing/sent-links";

const OLD = "예전에 쓰던 긴 비밀번호";
const NEW = "노란 우산을 쓴 세 사람이 걷는다";
let test: TestMaru;
let oldHash: string;
let aheadMs = 0;

beforeAll(async () => {
  test = await createTestMaru({ clock: () => new Date(Date.now() + aheadMs) });
  oldHash = await hashPassword(OLD);
});
afterAll(() => test.stop());

const guest = () => test.contextFor(GUEST_ACTOR);
const from = (address: string = randomUUID()) => ({ address, userAgent: "test" });
const newAccount = async (changes: Parameters<typeof createAccount>[1] = {}) => {
  const email = `${randomUUID()}@maru.example`;
  const { id: personId } = await createPerson(test.db, { email });
  const account = await createAccount(test.db, { personId, username: `u-${randomUUID()}`, passwordHash: oldHash, ...changes });
  return { ...account, email };
};
const forget = (username: string, origin = from()) => forgotPassword(guest(), { username, locale: "ko" }, origin);
const reset = (token: string, password = NEW, origin = from()) => refusal(resetPassword(guest(), { token, password }, origin));
const tokenFor = async (account: { username: string; email: string }): Promise<string> => {
  await forget(account.username);
  return receiveToken(test, account.email);
};
const ahead = async <Result>(ms: number, work: () => Promise<Result>): Promise<Result> => {
  aheadMs = ms;
  try {
    return await work();
  } finally {
    aheadMs = 0;
  }
};

describe("a forgotten password", () => {
  it("is replaced with the link of a mail, asked for by user name or mail; every session ends", async () => {
    const account = await newAccount();
    const before = await signIn(guest(), { username: account.username, password: OLD }, from());
    await forget(account.email.toUpperCase());
    const token = await receiveToken(test, account.email);
    expect((await findMail(test, account.email))?.url).toBe(`http://127.0.0.1:3000/reset-password#token=${token}`);
    expect(await test.as(null).identity.readLink({ token })).toEqual({ purpose: "RESET", mail: account.email, username: account.username });
    expect(await test.as(null).identity.resetPassword({ token, password: NEW })).toEqual({ username: account.username });
    expect(await isSessionOpen({ sql: test.maru.database.sql }, before.sessionId)).toBe(false);
    expect(await refusal(signIn(guest(), { username: account.username, password: OLD }, from()))).toBe("identity.signInRefused");
    expect(await refusal(signIn(guest(), { username: account.username, password: NEW }, from()))).toBe("done");
    const row = await test.db.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(row.verifiedMail).toBe(account.email);
    expect(await verifyPassword(row.passwordHash ?? "", NEW)).toBe(true);
    expect(await test.db.auditEntry.count({ where: { action: "identity.account.reset-password", subjectId: account.id } })).toBe(1);
  });

  // ASVS 5.0: 6.3.8.
  it("asks the same of everybody: answer and rows do not tell who is there", async () => {
    const account = await newAccount();
    const disabled = await newAccount({ state: "DISABLED" });
    const service = await newAccount({ passwordHash: null });
    const rowsBy = async (username: string) => {
      const [links, entries, outbox] = await Promise.all([test.db.accountLink.count(), test.db.auditEntry.count(), test.db.outbox.count()]);
      const answer = await test.as(null).identity.forgotPassword({ username });
      return [
        answer,
        (await test.db.accountLink.count()) - links,
        (await test.db.auditEntry.count()) - entries,
        (await test.db.outbox.count()) - outbox,
      ];
    };
    for (const username of [account.username, disabled.username, service.username, `nobody-${randomUUID()}`])
      expect(await rowsBy(username)).toEqual([{ accepted: true }, 1, 1, 1]);
    await sendAskedLinks(test);
    const recipients = (await test.db.mailMessage.findMany()).map(({ recipient }) => recipient);
    expect(recipients).toContain(account.email);
    expect(recipients).not.toContain(disabled.email);
    expect(recipients).not.toContain(service.email);
  });

  it("keeps the token out of every row but the mail", async () => {
    const account = await newAccount();
    await forget(account.username);
    const asked = JSON.stringify(await test.db.outbox.findMany({ where: { name: "identity.send-link" } }));
    const token = await receiveToken(test, account.email);
    await reset(token);
    const link = await test.db.accountLink.findFirstOrThrow({ where: { accountId: account.id } });
    expect(link.tokenHash).toBe(sha256(token));
    const kept = JSON.stringify([asked, link, await test.db.auditEntry.findMany(), await test.db.account.findMany()]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(NEW);
  });

  it("is mailed once, however often the job runs, and the first token stays good", async () => {
    const account = await newAccount();
    await forget(account.username);
    expect(await sendAskedLinks(test, 3)).toBe(1);
    expect(await test.db.mailMessage.count({ where: { recipient: account.email } })).toBe(1);
    expect(await reset((await findMail(test, account.email))?.token ?? "")).toBe("done");
  });

  it("is limited: five from one address, and five mails an hour to one account", async () => {
    const account = await newAccount();
    const origin = from();
    for (let time = 0; time < 5; time += 1) await forget(account.username, origin);
    expect(await findRefusal(forget(account.username, origin))).toMatchObject({ code: "identity.tooManyMails" });
    for (let time = 0; time < 3; time += 1) await forget(account.username);
    await sendAskedLinks(test);
    expect(await test.db.mailMessage.count({ where: { recipient: account.email } })).toBe(5);
  });
});

describe("a link", () => {
  it("is good once, also for two who use it at the same moment", async () => {
    const token = await tokenFor(await newAccount());
    const outcomes = await Promise.all([reset(token), reset(token), reset(token)]);
    expect(outcomes.sort()).toEqual(["done", "identity.linkRefused", "identity.linkRefused"]);
    expect(await reset(token)).toBe("identity.linkRefused");
  });

  it("expires", async () => {
    const account = await newAccount();
    const token = await tokenFor(account);
    expect(await ahead(LINK_TTL_MS.RESET + 1_000, () => reset(token))).toBe("identity.linkRefused");
    expect(await ahead(LINK_TTL_MS.RESET - 5_000, () => reset(token))).toBe("done");
  });

  it.each([
    ["that was forged", async (token: string) => `${token.startsWith("0") ? "1" : "0"}${token.slice(1)}`],
    ["that is none", async () => "token"],
    [
      "of the row's seed",
      async (token: string) => (await test.db.accountLink.findUniqueOrThrow({ where: { tokenHash: sha256(token) } })).seed,
    ],
    ["of the row's hash", async (token: string) => sha256(token)],
  ])("%s is refused, and takes nothing away", async (_name, forge) => {
    const token = await tokenFor(await newAccount());
    expect(await reset(await forge(token))).toBe("identity.linkRefused");
    expect(await reset(token)).toBe("done");
  });

  it("dies with the use of another one, with the account, and with the address that it went to", async () => {
    const account = await newAccount();
    const [first, second] = [await tokenFor(account), await tokenFor(account)];
    expect(await reset(second)).toBe("done");
    expect(await reset(first)).toBe("identity.linkRefused");
    const disabled = await newAccount();
    const late = await tokenFor(disabled);
    await test.db.account.update({ where: { id: disabled.id }, data: { state: "DISABLED" } });
    expect(await reset(late)).toBe("identity.linkRefused");
    const moved = await newAccount();
    const old = await tokenFor(moved);
    await test.db.person.update({ where: { id: moved.personId }, data: { email: `${randomUUID()}@maru.example` } });
    expect(await reset(old)).toBe("identity.linkRefused");
  });

  it("of another purpose does not set a password", async () => {
    const account = await newAccount();
    const actor = { ...test.actors.member, id: account.personId, accountId: account.id };
    await test.as(actor).identity.requestMailVerification({});
    expect(await reset(await receiveToken(test, account.email))).toBe("identity.linkRefused");
  });

  it("is forgotten after a month", async () => {
    const { id } = await newAccount();
    const link = { purpose: "RESET", accountId: id, locale: "ko", seed: randomUUID() } as const;
    for (const days of [29, 31])
      await test.db.accountLink.create({ data: { ...link, id: randomUUID(), createdAt: new Date(Date.now() - days * 24 * 3_600_000) } });
    await purgeTokens(guest());
    expect(await test.db.accountLink.count({ where: { accountId: id } })).toBe(1);
  });

  it("survives a password that is refused", async () => {
    const token = await tokenFor(await newAccount());
    expect(await reset(token, "too short")).toBe("identity.passwordTooShort");
    expect(await reset(token, "passwordpasswordpassword")).toBe("identity.passwordTooCommon");
    expect(await reset(token)).toBe("done");
  });
});
