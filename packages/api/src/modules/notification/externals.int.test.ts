import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { identityLinked, identityUnlinked } from "../federation/events";
import { subscriptions } from "./subscriptions";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

it("tells somebody of each identity elsewhere that is linked with her account or unlinked, and nobody else", async () => {
  const { member, other } = test.actors;
  const payload = { personId: member.id, accountId: member.accountId as string, provider: "kakao" } as const;
  for (const event of [identityLinked, identityUnlinked]) {
    const ctx = test.contextFor({ ...test.actors.guest, id: SYSTEM_ACTOR_ID, accountId: null }, { kind: "work", workId: newId() });
    const occurrence = { id: newId(), payload, actorId: member.id, occurredAt: new Date() };
    await subscriptions.find((one) => one.event === event)?.react(ctx, occurrence, new AbortController().signal);
  }
  const { items } = await test.as(member).notification.listNotifications({});
  expect(items.map(({ topic }) => topic)).toEqual(["federation.identityUnlinked", "federation.identityLinked"]);
  for (const item of items) expect(item).toMatchObject({ href: "/settings/security", isAvailable: true });
  expect(await test.db.notification.count({ where: { personId: other.id } })).toBe(0);
});
