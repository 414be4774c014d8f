import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { createMailer } from "@maru/platform/mail";
import { startSmtpSink } from "@maru/platform/mail/smtp-sink";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import type { RegistrationMode } from "./contract";
import { GUEST_ACTOR } from "./service/actors";
import { register, requestRegistration } from "./service/register";
import { syncBuiltInRoles } from "./service/roles";
import { signIn } from "./service/sign-in";
import { findMail, receiveToken, sendAskedLinks } from "./testing/sent-links";

const PASSWORD = "노란 우산을 쓴 세 사람이 걷는다";
let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());
beforeEach(() => setMode("CLOSED"));

const setMode = (mode: RegistrationMode) => test.as(test.actors.admin).identity.setRegistration({ mode });
const newMail = () => `${randomUUID()}@maru.example`;
const from = () => ({ address: randomUUID(), userAgent: "test" });
const guest = () => test.contextFor(GUEST_ACTOR);
const apply = (mail: string) => refusal(requestRegistration(guest(), { mail, locale: "ko" }, from()));
const invite = (mail: string) => refusal(test.as(test.actors.admin).identity.invite({ mail }));
const signUp = (token: string, changes: { username?: string; password?: string } = {}) =>
  refusal(register(guest(), { token, username: `u-${randomUUID()}`, name: "새사람", password: PASSWORD, ...changes }, from()));
const rolesOf = async (username: string) =>
  (await test.db.roleAssignment.findMany({ where: { account: { username } }, include: { role: true } })).map(({ role }) => role.key);

describe("registration", () => {
  it("is closed, until an administrator opens it", async () => {
    expect(await test.as(null).identity.getRegistration({})).toEqual({ mode: "CLOSED" });
    expect(await apply(newMail())).toBe("identity.registrationClosed");
    await setMode("INVITATION");
    expect(await apply(newMail())).toBe("identity.registrationClosed");
    await setMode("OPEN");
    expect(await apply(newMail())).toBe("done");
  });

  it("makes an account with a verified address, and the rights of a guest", async () => {
    await setMode("OPEN");
    const mail = newMail();
    await apply(mail);
    const token = await receiveToken(test, mail);
    expect((await findMail(test, mail))?.url).toContain("/register#token=");
    const username = `u-${randomUUID()}`;
    expect(await test.as(null).identity.register({ token, username, name: "새사람", password: PASSWORD })).toEqual({ username });
    expect(await refusal(signIn(guest(), { username: mail, password: PASSWORD }, from()))).toBe("done");
    expect(await rolesOf(username)).toEqual(["guest"]);
    expect((await test.db.account.findUniqueOrThrow({ where: { username } })).verifiedMail).toBe(mail);
    expect(await signUp(token)).toBe("identity.linkRefused");
  });

  // ASVS 5.0: 6.3.8.
  it("tells only the mailbox that an address has an account", async () => {
    await setMode("OPEN");
    const mail = newMail();
    await createAccount(test.db, { personId: (await createPerson(test.db, { email: mail })).id });
    expect(await apply(mail)).toBe("done");
    await sendAskedLinks(test);
    const letter = await findMail(test, mail);
    expect(letter?.subject).toContain("이미 계정이 있어요");
    expect(letter?.token).toBe("");
  });

  it("refuses what was asked for while it was open, once it is closed", async () => {
    await setMode("OPEN");
    const mail = newMail();
    await apply(mail);
    const token = await receiveToken(test, mail);
    await setMode("INVITATION");
    expect(await signUp(token)).toBe("identity.registrationClosed");
    await setMode("OPEN");
    expect(await signUp(token)).toBe("done");
  });

  it("refuses a name that is taken and a password that is guessed, and the link stays good", async () => {
    await setMode("OPEN");
    const mail = newMail();
    await apply(mail);
    const token = await receiveToken(test, mail);
    const { username } = await createAccount(test.db, { username: `taken-${randomUUID()}` });
    expect(await signUp(token, { username })).toBe("identity.usernameTaken");
    expect(await signUp(token, { password: "1234567890123456" })).toBe("identity.passwordTooCommon");
    expect(await test.db.person.count({ where: { email: mail } })).toBe(0);
    expect(await signUp(token)).toBe("done");
  });

  // ASVS 5.0: 1.3.11.
  it.each(["a@b", "a@b.example\r\nBcc: all@maru.example", "a@b.example@c.example", "홍@maru.example", ""])(
    "refuses %j as an address",
    async (mail) => {
      await setMode("OPEN");
      expect(await refusal(test.as(null).identity.requestRegistration({ mail }))).toBe("common.invalidInput");
      expect(await invite(mail)).toBe("common.invalidInput");
    },
  );
});

describe("an invitation", () => {
  beforeEach(() => setMode("INVITATION"));

  it("is for administrators to give; the invited become members", async () => {
    const mail = newMail();
    expect(await refusal(test.as(test.actors.member).identity.invite({ mail }))).toBe("common.forbidden");
    expect(await invite(mail)).toBe("done");
    const token = await receiveToken(test, mail);
    const username = `u-${randomUUID()}`;
    expect(await signUp(token, { username })).toBe("done");
    expect(await rolesOf(username)).toEqual(["member"]);
    expect(await invite(mail)).toBe("identity.mailTaken");
  });

  it("is listed until it is taken back, and then opens nothing", async () => {
    const mail = newMail();
    const admin = test.as(test.actors.admin).identity;
    const { id } = await admin.invite({ mail });
    const token = await receiveToken(test, mail);
    expect((await admin.listInvitations({})).items).toContainEqual(expect.objectContaining({ id, mail, expiresAt: expect.any(String) }));
    expect(await refusal(admin.withdrawInvitation({ id }))).toBe("done");
    expect((await admin.listInvitations({})).items.map((one) => one.id)).not.toContain(id);
    expect(await refusal(admin.withdrawInvitation({ id }))).toBe("identity.invitationNotFound");
    expect(await signUp(token)).toBe("identity.linkRefused");
  });

  it("that was taken back before its mail was sent is not sent", async () => {
    const mail = newMail();
    const { id } = await test.as(test.actors.admin).identity.invite({ mail });
    await test.as(test.actors.admin).identity.withdrawInvitation({ id });
    await sendAskedLinks(test);
    expect(await findMail(test, mail)).toBeNull();
  });

  it("is replaced by the next one to the same address", async () => {
    const mail = newMail();
    await invite(mail);
    const first = await receiveToken(test, mail);
    await invite(mail);
    const second = await receiveToken(test, mail);
    expect(await signUp(first)).toBe("identity.linkRefused");
    expect(await signUp(second)).toBe("done");
  });

  it("to an account that waits sets its first password, and no second one", async () => {
    await setMode("CLOSED");
    const mail = newMail();
    const { username } = await createAccount(test.db, {
      personId: (await createPerson(test.db, { email: mail })).id,
      username: `u-${randomUUID()}`,
    });
    await invite(mail);
    const token = await receiveToken(test, mail);
    expect((await findMail(test, mail))?.url).toContain("/reset-password#token=");
    expect(await signUp(token)).not.toBe("done");
    expect(await test.as(null).identity.resetPassword({ token, password: PASSWORD })).toEqual({ username });
    expect(await invite(mail)).toBe("identity.mailTaken");
  });
});

describe("a mail address", () => {
  it("is verified by who reads its mail, and the next address is not", async () => {
    const mail = newMail();
    const person = await createPerson(test.db, { email: mail });
    const account = await createAccount(test.db, { personId: person.id });
    const own = test.as({ ...test.actors.member, id: person.id, accountId: account.id }).identity;
    expect(await own.getMailState({})).toEqual({ mail, isVerified: false });
    await own.requestMailVerification({});
    const token = await receiveToken(test, mail);
    expect(await test.as(null).identity.verifyMail({ token })).toEqual({ mail, isVerified: true });
    expect(await refusal(test.as(null).identity.verifyMail({ token }))).toBe("identity.linkRefused");
    expect(await own.getMailState({})).toEqual({ mail, isVerified: true });
    const next = newMail();
    await test.db.person.update({ where: { id: person.id }, data: { email: next } });
    expect(await own.getMailState({})).toEqual({ mail: next, isVerified: false });
  });

  it("that is none can't be verified", async () => {
    expect(await refusal(test.as(test.actors.member).identity.requestMailVerification({}))).toBe("identity.mailMissing");
  });
});

describe("with a mail server", () => {
  it("mails reach it and stay nowhere; one that is refused for good ends its link, one that fails is tried again", async () => {
    let code = 0;
    const sink = await startSmtpSink({
      onRcptTo: (_address, _session, done) => done(code === 0 ? undefined : Object.assign(new Error("no"), { responseCode: code })),
    });
    const served = await createTestMaru({ mailer: createMailer({ url: sink.url, from: "maru@maru.example" }) });
    try {
      const admin = served.as(served.actors.admin).identity;
      await admin.setRegistration({ mode: "INVITATION" });
      await admin.invite({ mail: "first@maru.example" });
      await sendAskedLinks(served);
      expect(sink.mails.map(({ to }) => to)).toEqual([["first@maru.example"]]);
      expect(await served.db.mailMessage.count()).toBe(0);
      code = 451;
      const { id } = await admin.invite({ mail: "second@maru.example" });
      await expect(sendAskedLinks(served)).rejects.toThrow();
      const link = () => served.db.accountLink.findUniqueOrThrow({ where: { id } });
      expect(await link()).toMatchObject({ tokenHash: null, endedAt: null });
      code = 550;
      await sendAskedLinks(served);
      expect(await link()).toMatchObject({ tokenHash: null, endedAt: expect.any(Date) });
    } finally {
      await served.stop();
      await sink.close();
    }
  });
});
