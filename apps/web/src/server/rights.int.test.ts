import { randomUUID } from "node:crypto";
import { createActor } from "@maru/api/testing";
import type { Actor } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
beforeAll(async () => {
  door = await startTestDoor();
});
afterAll(() => door.stop());

const call = async <Result>(headers: Record<string, string>, procedure: string, input: unknown) => {
  const answer = await fetch(`${door.url}/api/trpc/identity.${procedure}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as { result?: { data: Result }; error?: { data: { app: { code: string; details: unknown } } } };
  return { status: answer.status, data: body.result?.data as Result, app: body.error?.data.app };
};
const statusOf = async (headers: Record<string, string>, procedure: string) =>
  (await fetch(`${door.url}/api/trpc/${procedure}?input=%7B%7D`, { headers })).status;
const createPerson = (): Promise<Actor> => createActor(door.db, { name: "나그네", permissions: [] });

describe("a change of rights reaches every open session within 5 s", () => {
  it("when a role is given, changed and taken", async () => {
    const admin = await door.browser(door.actors.admin);
    const person = await createPerson();
    const session = await door.browser(person);
    const boards = () => statusOf(session, "board.listBoards");
    expect(await boards()).toBe(403);
    const name = newId();
    const role = (await call<{ id: string }>(admin, "createRole", { name, nameEn: name, permissions: ["board.read"], includedIds: [] }))
      .data;
    expect((await call(admin, "assignRole", { personId: person.id, roleId: role.id })).status).toBe(200);
    await expect.poll(boards, { timeout: 5_000, interval: 50 }).toBe(200);
    const emptied = { id: role.id, version: 1, name, nameEn: name, permissions: [], includedIds: [] };
    expect((await call(admin, "updateRole", emptied)).status).toBe(200);
    await expect.poll(boards, { timeout: 5_000, interval: 50 }).toBe(403);
    // Who comes second is told, and shown what stands now.
    const late = await call(admin, "updateRole", { ...emptied, permissions: ["board.post"] });
    expect(late).toMatchObject({ status: 409, app: { code: "identity.roleChanged", details: { current: { id: role.id, version: 2 } } } });
    expect((await call(admin, "updateRole", { ...emptied, version: 2, permissions: ["board.read"] })).status).toBe(200);
    await expect.poll(boards, { timeout: 5_000, interval: 50 }).toBe(200);
    const { id } = await door.db.roleAssignment.findFirstOrThrow({ where: { roleId: role.id } });
    expect((await call(admin, "unassignRole", { id })).status).toBe(200);
    await expect.poll(boards, { timeout: 5_000, interval: 50 }).toBe(403);
  });

  it("and the right to give rights ends the session itself: a new one comes with a new sign-in", async () => {
    const admin = await door.browser(door.actors.admin);
    const person = await createPerson();
    const session = await door.browser(person);
    expect(await statusOf(session, "identity.me")).toBe(200);
    const { id: roleId } = await door.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
    const given = await call(admin, "assignRole", { personId: person.id, roleId });
    expect(given.data).toEqual({ outcome: "done", isAlone: true });
    await expect.poll(() => statusOf(session, "identity.me"), { timeout: 5_000, interval: 50 }).toBe(401);
    expect(await statusOf(await door.browser(person), "identity.listRoles")).toBe(200);
  });
});
