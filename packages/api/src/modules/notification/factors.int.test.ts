import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { factorAdded, factorRemoved, recoveryCodeUsed } from "../factor/events";
import { passwordChanged } from "../identity/events";
import { subscriptions } from "./subscriptions";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

it("tells somebody of each change of her second factors and her password, with the way there, and nobody else", async () => {
  const { member, other } = test.actors;
  const owner = { personId: member.id, accountId: member.accountId as string };
  const payloads = [
    [factorAdded, { ...owner, kind: "totp" }],
    [factorRemoved, { ...owner, kind: "totp" }],
    [recoveryCodeUsed, { ...owner, left: 9 }],
    [passwordChanged, owner],
  ] as const;
  for (const [event, payload] of payloads) {
    const ctx = test.contextFor({ ...test.actors.guest, id: SYSTEM_ACTOR_ID, accountId: null }, { kind: "work", workId: newId() });
    const occurrence = { id: newId(), payload, actorId: member.id, occurredAt: new Date() };
    await subscriptions.find((one) => one.event === event)?.react(ctx, occurrence, new AbortController().signal);
  }
  const { items } = await test.as(member).notification.listNotifications({});
  expect(items.map(({ topic }) => topic)).toEqual([
    "identity.passwordChanged",
    "factor.recoveryCodeUsed",
    "factor.factorRemoved",
    "factor.factorAdded",
  ]);
  const security = { href: "/settings/security", isAvailable: true };
  expect(items).toMatchObject([{ href: "/settings/sessions", isAvailable: true }, security, security, security]);
  expect(await test.db.notification.count({ where: { personId: other.id } })).toBe(0);
});
