import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { HIDDEN, type Scenes } from "./access-scenes";

/** Identities at other providers, of one's own and of others. The door of the table knows GitHub alone. */
export const federationScenes = ({ db }: TestDoor): Scenes => {
  const provider = async (record: string) => ({ provider: record === "configured" ? "github" : "kakao" });
  const identity = async (accountId: string, name: string): Promise<string> => {
    const id = newId();
    await db.externalIdentity.create({
      data: {
        id,
        accountId,
        provider: name,
        issuer: "https://github.com/login/oauth",
        subject: id,
        linkedAt: new Date(),
      },
    });
    return id;
  };
  return {
    "federation.listProviders": async () => ({}),
    "federation.startExternalSignIn": provider,
    "federation.listIdentities": async () => ({ [HIDDEN]: [await identity((await createAccount(db)).id, "github")] }),
    "federation.startLink": provider,
    "federation.unlinkIdentity": async (record, actor) => {
      if (record === "missing") return { id: newId() };
      const owner = record === "others" ? (await createAccount(db)).id : (actor.accountId as string);
      await db.externalIdentity.deleteMany({ where: { accountId: owner } });
      // Nobody of the table has a password: one of two may go, and the only one stays.
      if (record === "own") await identity(owner, "google");
      return { id: await identity(owner, "github") };
    },
  };
};
