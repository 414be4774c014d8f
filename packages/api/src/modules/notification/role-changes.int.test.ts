import { type Actor, SYSTEM_ACTOR_ID } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { roleChangeRequested } from "../identity/events";
import { findActorForPerson, syncBuiltInRoles } from "../identity/service";
import { subscriptions } from "./subscriptions";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const createAdministrator = async (): Promise<Actor> => {
  const { id: roleId } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
  const { id: accountId, personId } = await createAccount(test.db);
  await test.db.roleAssignment.create({ data: { id: newId(), accountId, roleId } });
  return (await findActorForPerson(test.maru.database, personId)) as Actor;
};

it("tells the other administrators of a request, with the way there, and nobody else", async () => {
  const [first, second, third] = [await createAdministrator(), await createAdministrator(), await createAdministrator()];
  const { id: roleId } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
  await test.as(first).identity.assignRole({ personId: test.actors.member.id, roleId });
  const emitted = await test.db.outbox.findFirstOrThrow({ where: { name: roleChangeRequested.name } });
  const subscription = subscriptions.find(({ event }) => event === roleChangeRequested);
  const ctx = test.contextFor({ ...test.actors.guest, id: SYSTEM_ACTOR_ID, accountId: null }, { kind: "work", workId: newId() });
  const payload = roleChangeRequested.payload.parse(emitted.payload);
  const occurrence = { id: emitted.id, payload, actorId: first.id, occurredAt: new Date() };
  await subscription?.react(ctx, occurrence, new AbortController().signal);
  for (const actor of [second, third]) {
    expect((await test.as(actor).notification.listNotifications({})).items).toMatchObject([
      {
        topic: "identity.roleChangeRequested",
        actor: { id: first.id },
        href: "/admin/rights/changes",
        title: "홍길동",
        isAvailable: true,
      },
    ]);
  }
  expect(await test.db.notification.count({ where: { personId: { notIn: [second.id, third.id] } } })).toBe(0);
  // Whoever may not read rights any more is not told what it was about.
  await test.db.roleAssignment.deleteMany({ where: { accountId: third.accountId as string } });
  const former = { ...third, permissions: new Set(["notification.read"]) };
  expect((await test.as(former).notification.listNotifications({})).items).toMatchObject([{ isAvailable: false, title: "" }]);
});
