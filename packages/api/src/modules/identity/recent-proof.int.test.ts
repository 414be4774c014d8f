import { randomUUID } from "node:crypto";
import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { hashPassword } from "@maru/platform/crypto/password";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { findActorForPerson, GUEST_ACTOR } from "./service/actors";
import { syncBuiltInRoles } from "./service/roles";
import { signIn } from "./service/sign-in";

const PASSWORD = "올바른 긴 비밀번호 하나";
let test: TestMaru;
let passwordHash: string;
let now = new Date();

beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => test.stop());

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
/** A person on a session that was opened with her password just now. */
const signedIn = async (account?: { readonly username: string; readonly personId: string }): Promise<Actor & { username: string }> => {
  const { username, personId } = account ?? (await createAccount(test.db, { username: `u-${randomUUID()}`, passwordHash }));
  const origin = { address: randomUUID(), userAgent: "test" };
  const { sessionId } = await signIn(test.contextFor(GUEST_ACTOR), { username, password: PASSWORD }, origin);
  const actor = await findActorForPerson(test.maru.database, personId);
  if (!actor) throw new Error("no actor");
  return { ...actor, sessionId, username };
};
const start = (actor: Actor) => refusal(test.as(actor).factor.startGenerator({}));
const confirm = (actor: Actor, password: string) => refusal(test.as(actor).identity.confirmPassword({ password }));

describe("what is sensitive", () => {
  it("is done for ten minutes after the password, and asks for it again afterwards", async () => {
    const actor = await signedIn();
    expect(await start(actor)).toBe("done");
    later(9.9);
    expect(await start(actor)).toBe("done");
    later(0.1);
    expect(await start(actor)).toBe("identity.passwordNeeded");
    expect(await test.as(actor).factor.listFactors()).toBeDefined();
    expect(await confirm(actor, "wrong password")).toBe("identity.passwordWrong");
    expect(await start(actor)).toBe("identity.passwordNeeded");
    expect(await confirm(actor, PASSWORD)).toBe("done");
    expect(await start(actor)).toBe("done");
    const proofs = await test.db.auditEntry.findMany({ where: { action: "identity.session.prove", subjectId: actor.sessionId as string } });
    expect(proofs.map(({ details }) => details)).toEqual([{ by: "password" }]);
  });

  it("believes a password on its own session alone", async () => {
    const actor = await signedIn();
    later(11);
    const other = await signedIn({ username: actor.username, personId: actor.id });
    expect(await start(other)).toBe("done");
    expect(await start(actor)).toBe("identity.passwordNeeded");
    // Neither a session of nobody nor the session of somebody else helps.
    expect(await start({ ...actor, sessionId: randomUUID() })).toBe("identity.passwordNeeded");
  });

  it("is not done by tokens of scripts, which have no password to give", async () => {
    const actor = await signedIn();
    const token = { ...actor, tokenId: randomUUID() };
    const admin = { ...token, permissions: new Set([...actor.permissions, "identity.manage-roles"]) };
    expect(await refusal(test.as(admin).identity.createRole({ name: "x", nameEn: "x", permissions: [], includedIds: [] }))).toBe(
      "identity.passwordNeeded",
    );
    expect(await confirm(token, PASSWORD)).toBe("common.forbidden");
  });

  it("limits wrong passwords like a sign-in", async () => {
    const actor = await signedIn();
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await confirm(actor, "wrong password"));
    expect(answers.at(-1)).toBe("identity.tooManyAttempts");
  });

  const sensitive: [string, (actor: Actor) => Promise<unknown>][] = [
    ["startPasskey", (actor) => test.as(actor).factor.startPasskey({})],
    ["removeGenerator", (actor) => test.as(actor).factor.removeGenerator({})],
    ["removePasskey", (actor) => test.as(actor).factor.removePasskey({ id: randomUUID() })],
    ["regenerateRecoveryCodes", (actor) => test.as(actor).factor.regenerateRecoveryCodes({})],
    ["confirmGenerator", (actor) => test.as(actor).factor.confirmGenerator({ code: "123456" })],
    [
      "createPersonalToken",
      (actor) => test.as(actor).identity.createPersonalToken({ name: "x", scopes: ["board.read"], expiresInDays: 1 }),
    ],
    ["createApiClient", (actor) => test.as(actor).identity.createApiClient({ name: "x", personId: randomUUID(), scopes: ["board.read"] })],
    ["createRole", (actor) => test.as(actor).identity.createRole({ name: "x", nameEn: "x", permissions: [], includedIds: [] })],
    [
      "updateRole",
      (actor) =>
        test.as(actor).identity.updateRole({ id: randomUUID(), version: 1, name: "x", nameEn: "x", permissions: [], includedIds: [] }),
    ],
    ["deleteRole", (actor) => test.as(actor).identity.deleteRole({ id: randomUUID(), version: 1 })],
    ["assignRole", (actor) => test.as(actor).identity.assignRole({ personId: randomUUID(), roleId: randomUUID() })],
    ["unassignRole", (actor) => test.as(actor).identity.unassignRole({ id: randomUUID() })],
    ["decideRoleChange", (actor) => test.as(actor).identity.decideRoleChange({ id: randomUUID(), decision: "REFUSE" })],
    ["setFactorRule", (actor) => test.as(actor).identity.setFactorRule({ id: randomUUID(), rule: "KEPT" })],
  ];
  it.each(sensitive)("is %s", async (_, call) => {
    const { permissions } = test.actors.admin;
    const actor = { ...(await signedIn()), permissions };
    later(11);
    expect(await refusal(call(actor))).toBe("identity.passwordNeeded");
  });
});
