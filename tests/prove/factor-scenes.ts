import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { HIDDEN, INTACT, type SceneInput, type Scenes } from "./access-scenes";

const LETTERS = "answerpasskey";
const signed = { id: LETTERS, rawId: LETTERS, type: "public-key" } as const;
const proof = { ...signed, response: { clientDataJSON: LETTERS, authenticatorData: LETTERS, signature: LETTERS } };
const ORDINARY_CODE = "abcdefghjkmnpqrs";

/** Second factors of one's own and of others. */
export const factorScenes = (door: TestDoor): Scenes => {
  const { db, maru } = door;
  const accountIdOf = (actor: Actor): string => actor.accountId as string;
  // A table is no guesser: whoever stands in it begins each time without failures.
  const forget = async (actor: Actor): Promise<void> => {
    const { username } = await db.account.findUniqueOrThrow({ where: { id: accountIdOf(actor) } });
    await maru.tools.limits.limiter("sign-in-pair", { places: 5, windowMs: 900_000 }).forget(`${username}\n127.0.0.1`);
    await maru.tools.limits.limiter("factor-code", { places: 5, windowMs: 900_000 }).forget(accountIdOf(actor));
  };
  const clear = async (actor: Actor): Promise<void> => {
    await forget(actor);
    const where = { accountId: accountIdOf(actor) };
    await db.totpFactor.deleteMany({ where });
    await db.passkey.deleteMany({ where });
  };
  const generator = async (accountId: string, confirmedAt: Date | null): Promise<void> => {
    const id = newId();
    const secret = maru.tools.keyring.seal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", { table: "totp_factor", column: "secret", id });
    await db.totpFactor.create({ data: { id, accountId, secret, createdAt: new Date(), confirmedAt } });
  };
  // Whoever keeps a factor may not take her last one: a second one stays.
  const passkey = async (record: string, actor: Actor): Promise<string> => {
    await clear(actor);
    if (record === "missing") return newId();
    const accountId = record === "own" ? accountIdOf(actor) : (await createAccount(db)).id;
    if (record === "own") await generator(accountId, new Date());
    const [id, credentialId] = [newId(), randomSecret()];
    await db.passkey.create({
      data: { id, accountId, name: "열쇠", credentialId, publicKey: new Uint8Array(1), counter: 0, createdAt: new Date() },
    });
    return id;
  };
  /** Everything that somebody else has: neither shown nor taken away. */
  const besideOthers = async (): Promise<SceneInput> => {
    const { id: accountId } = await createAccount(db);
    const confirmedAt = new Date("2001-02-03T04:05:06.007Z");
    await generator(accountId, confirmedAt);
    const [id, credentialId, createdAt] = [newId(), randomSecret(), new Date()];
    await db.passkey.create({
      data: { id, accountId, name: "남의 열쇠", credentialId, publicKey: new Uint8Array(1), counter: 0, createdAt },
    });
    await db.recoveryCode.create({ data: { id: newId(), accountId, codeHash: sha256(credentialId), createdAt } });
    const waiting = (await createAccount(db)).id;
    await generator(waiting, null);
    const count = async (where: { accountId: string }) =>
      (await db.totpFactor.count({ where })) + (await db.passkey.count({ where })) + (await db.recoveryCode.count({ where }));
    const intact = async () => (await count({ accountId })) === 3 && (await count({ accountId: waiting })) === 1;
    return { [HIDDEN]: [id, confirmedAt.toISOString()], [INTACT]: intact };
  };
  const nothing = async (_record: string, actor: Actor) => {
    await clear(actor);
    return besideOthers();
  };
  return {
    "factor.listFactors": nothing,
    "factor.startGenerator": nothing,
    "factor.confirmGenerator": async (_record, actor) => {
      await clear(actor);
      await generator(accountIdOf(actor), null);
      return { code: ORDINARY_CODE };
    },
    "factor.removeGenerator": async (record, actor) => {
      if (record === "own") await passkey("own", actor);
      else await clear(actor);
      return besideOthers();
    },
    "factor.startPasskey": nothing,
    "factor.addPasskey": async () => ({
      name: "열쇠",
      answer: { ...signed, response: { clientDataJSON: LETTERS, attestationObject: LETTERS } },
    }),
    "factor.renamePasskey": async (record, actor) => ({ id: await passkey(record, actor), name: "다른 이름" }),
    "factor.removePasskey": async (record, actor) => ({ id: await passkey(record, actor) }),
    "factor.regenerateRecoveryCodes": async (record, actor) => {
      await passkey(record, actor);
      return besideOthers();
    },
    "identity.completeLogIn": async (record) => {
      if (record === "missing") return { challenge: "nobodys", code: ORDINARY_CODE };
      const { id: accountId } = await createAccount(db);
      const [challenge, code, now] = [randomSecret(), ORDINARY_CODE, new Date()];
      await db.recoveryCode.create({ data: { id: newId(), accountId, codeHash: sha256(`${accountId}\n${code}`), createdAt: now } });
      const expiresAt = new Date(now.getTime() + 60_000);
      await db.signInChallenge.create({
        data: { id: newId(), accountId, kind: "API", tokenHash: sha256(challenge), createdAt: now, expiresAt },
      });
      return { challenge, code };
    },
    "identity.startPasskeySignIn": async () => ({ challenge: "nobodys" }),
    "identity.confirmPassword": async (_record, actor) => {
      await forget(actor);
      return { password: "a guess" };
    },
    "identity.startConfirmation": async () => ({}),
    "identity.confirmPasskey": async () => ({ passkey: proof }),
  };
};
