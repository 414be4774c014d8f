import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { findActorForPerson, syncBuiltInRoles } from "../identity/service";
import { runFailed, runHeld } from "../sync/events";
import { subscriptions } from "./subscriptions";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

it.each([
  [runHeld, "sync.runHeld"],
  [runFailed, "sync.runFailed"],
] as const)("tells administrators, and nobody else, of a run that waits or has failed: %#", async (event, topic) => {
  const { id: roleId } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
  const { id: accountId, personId } = await createAccount(test.db);
  await test.db.roleAssignment.create({ data: { id: newId(), accountId, roleId } });
  const now = new Date();
  const source = {
    id: newId(),
    kind: "AD",
    name: `본사 ${topic}`,
    mapping: {},
    createdAt: now,
    updatedAt: now,
    updatedById: personId,
  } as const;
  const run = { id: newId(), isFull: true, isDryRun: false, requestedAt: now, scope: "", state: "WAITING_APPROVAL" } as const;
  await test.db.syncSource.create({ data: { ...source, runs: { create: run } } });
  const subscription = subscriptions.find((one) => one.event === event);
  const ctx = test.contextFor({ ...test.actors.guest, id: SYSTEM_ACTOR_ID, accountId: null }, { kind: "work", workId: newId() });
  const occurrence = { id: newId(), payload: { runId: run.id, sourceId: source.id }, actorId: null, occurredAt: now };
  await subscription?.react(ctx, occurrence, new AbortController().signal);
  const administrator = await findActorForPerson(test.maru.database, personId);
  if (!administrator) throw new Error("the administrator can't act");
  expect((await test.as(administrator).notification.listNotifications({})).items).toMatchObject([
    { topic, title: source.name, href: `/admin/sync/runs/${run.id}`, isAvailable: true, actor: null },
  ]);
  expect(await test.db.notification.count({ where: { subjectId: run.id, personId: { notIn: [personId] } } })).toBe(
    await test.db.roleAssignment.count({ where: { roleId, accountId: { not: accountId } } }),
  );
});
