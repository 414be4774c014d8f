import { afterEach, describe, expect, it } from "vitest";
import { createMailer, MailRefused } from "./mail";
import { startSmtpSink } from "./smtp-sink";

const ID = "01938c1e-0000-7000-8000-000000000001";
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const start = async (options: Parameters<typeof startSmtpSink>[0] = {}) => {
  const sink = await startSmtpSink(options);
  const mailer = createMailer({ url: sink.url, from: "maru@maru.example" });
  closing.push(() => {
    mailer.close();
    void sink.close();
  });
  return { mails: sink.mails, mailer };
};

const mail = {
  id: ID,
  to: "hong@maru.example",
  subject: "비밀번호를 다시 정해 주세요",
  text: "안녕하세요,\n홍길동 님.\nhttp://maru.example/#token=abc",
};

describe("a mail", () => {
  it("reaches the server, with a Message-ID that stays over attempts", async () => {
    const { mailer, mails } = await start();
    await mailer.send(mail);
    await mailer.send(mail);
    expect(mails.map(({ to }) => to)).toEqual([["hong@maru.example"], ["hong@maru.example"]]);
    for (const { raw } of mails) {
      expect(raw).toMatch(new RegExp(`^Message-ID: <${ID}@maru\\.example>\\r?$`, "m"));
      expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
    }
  });

  // ASVS 5.0: 1.3.11.
  it.each([
    ["a second address", { to: "hong@maru.example,kim@maru.example" }],
    ["a header behind the address", { to: "hong@maru.example\r\nBcc: all@maru.example" }],
    ["a header behind the subject", { subject: "안녕\r\nBcc: all@maru.example" }],
    ["a lone line feed in the subject", { subject: "안녕\nX: y" }],
  ])("with %s is refused before anything is sent", async (_name, change) => {
    const { mailer, mails } = await start();
    await expect(mailer.send({ ...mail, ...change })).rejects.toBeInstanceOf(MailRefused);
    expect(mails).toEqual([]);
  });

  it("that the server refuses for good is not to be tried again, one that it refuses for now is", async () => {
    const refusing = (responseCode: number) =>
      start({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error("no"), { responseCode })) });
    await expect((await refusing(550)).mailer.send(mail)).rejects.toBeInstanceOf(MailRefused);
    await expect((await refusing(451)).mailer.send(mail)).rejects.not.toBeInstanceOf(MailRefused);
  });

  it("is tried again when nobody listens", async () => {
    const mailer = createMailer({ url: "smtp://127.0.0.1:1", from: "maru@maru.example" });
    await expect(mailer.send(mail)).rejects.not.toBeInstanceOf(MailRefused);
  });

  it("comes from an address, or there is no mailer", () => {
    expect(() => createMailer({ url: "smtp://127.0.0.1:1", from: "Maru <maru@maru.example>\r\nX: y" })).toThrow(MailRefused);
  });
});
