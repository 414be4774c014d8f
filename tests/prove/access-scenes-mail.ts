import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import type { Scenes } from "./access-scenes";

const PASSWORD = "세 사람이 노란 우산을 쓰고 걷는다";

/** Mails, and what can be done with the links that they carry. Nobody has to have signed in for those: the token is what is asked for. */
export const mailScenes = ({ db }: TestDoor): Scenes => {
  const newMail = () => `${newId()}@maru.example`;
  const openRegistration = () => db.accountSettings.update({ where: { id: 1 }, data: { registration: "OPEN" } });
  /** Gives the token of a link that is good, unless the record is missing. */
  const token = async (record: string, purpose: "RESET" | "VERIFY" | "REGISTER"): Promise<string> => {
    const [secret, mail] = [randomSecret(), newMail()];
    if (record === "missing") return secret;
    const hasAccount = purpose !== "REGISTER";
    const personId = hasAccount ? (await createPerson(db, { email: mail })).id : "";
    const accountId = hasAccount ? (await createAccount(db, { personId })).id : null;
    const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 60_000) };
    await db.accountLink.create({
      data: { id: newId(), purpose, accountId, mail, locale: "ko", seed: randomSecret(), tokenHash: sha256(secret), ...times },
    });
    return secret;
  };
  const invitation = async (record: string): Promise<string> => {
    const id = newId();
    if (record !== "missing")
      await db.accountLink.create({
        data: { id, purpose: "INVITE", mail: newMail(), locale: "ko", seed: randomSecret(), createdAt: new Date() },
      });
    return id;
  };
  const message = async (record: string): Promise<string> => {
    const id = newId();
    if (record !== "missing")
      await db.mailMessage.create({ data: { id, mailId: newId(), recipient: newMail(), subject: "제목", text: "본문" } });
    return id;
  };
  return {
    "identity.forgotPassword": async () => ({ username: `nobody-${newId()}` }),
    "identity.readLink": async (record) => ({ token: await token(record, "RESET") }),
    "identity.resetPassword": async (record) => ({ token: await token(record, "RESET"), password: PASSWORD }),
    "identity.verifyMail": async (record) => ({ token: await token(record, "VERIFY") }),
    "identity.getMailState": async () => ({}),
    "identity.requestMailVerification": async () => ({}),
    "identity.getRegistration": async () => ({}),
    "identity.setRegistration": async () => ({ mode: "OPEN" }),
    "identity.requestRegistration": async () => {
      await openRegistration();
      return { mail: newMail() };
    },
    "identity.register": async (record) => {
      await openRegistration();
      return { token: await token(record, "REGISTER"), username: `u${newId()}`, name: "새사람", password: PASSWORD };
    },
    "identity.listInvitations": async () => ({}),
    "identity.invite": async () => {
      await openRegistration();
      return { mail: newMail() };
    },
    "identity.withdrawInvitation": async (record) => ({ id: await invitation(record) }),
    "mail.listMessages": async () => ({}),
    "mail.openMessage": async (record) => ({ id: await message(record) }),
  };
};
