import { randomUUID } from "node:crypto";
import { deactivatePeople, reactivatePeople } from "@maru/api/directory/service";
import { disableAccounts, enableAccounts } from "@maru/api/identity/service";
import { createActor } from "@maru/api/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
beforeAll(async () => {
  door = await startTestDoor();
});
afterAll(() => door.stop());

const ON = "2026-11-22";
const statusOf = async (path: string, headers: Record<string, string>) => (await fetch(door.url + path, { headers })).status;
// What asks nothing of the account itself: only the door refuses here.
const inBrowser = (headers: Record<string, string>) => statusOf("/api/trpc/board.listBoards?input=%7B%7D", headers);
const inProgram = (headers: Record<string, string>) => statusOf("/api/v1/users", headers);
/** Somebody with a browser and a program, both of which the door has just seen. */
const signedIn = async () => {
  const actor = await createActor(door.db, { name: "나가는이", permissions: [] });
  await door.giveRole(actor, "member");
  const [browser, program] = [await door.browser(actor), await door.bearer(actor)];
  const doors = () => Promise.all([inBrowser(browser), inProgram(program)]);
  expect(await doors()).toEqual([200, 200]);
  return { actor, doors };
};
const admin = () => door.maru.contextFor({ actor: door.actors.admin, requestId: randomUUID() });

describe("whoever is deactivated", () => {
  it("is out within 5 s, even where nobody hears of it", async () => {
    const { actor, doors } = await signedIn();
    const leftAt = Date.now();
    await admin().tx((tx) => deactivatePeople(tx, [{ personId: actor.id, reason: "LEFT", on: ON }]));
    await expect.poll(doors, { timeout: 5_500, interval: 100 }).toEqual([401, 401]);
    expect(Date.now() - leftAt).toBeLessThan(5_000);
  });

  it("is out at once where her account is disabled with her, and in again when both come back", async () => {
    const { actor, doors } = await signedIn();
    await admin().tx(async (tx) => {
      await deactivatePeople(tx, [{ personId: actor.id, reason: "DIRECTORY", on: ON }]);
      await disableAccounts(tx, [actor.id], "DEACTIVATION");
    });
    await expect.poll(doors, { timeout: 1_500, interval: 50 }).toEqual([401, 401]);
    await admin().tx(async (tx) => enableAccounts(tx, await reactivatePeople(tx, [actor.id], "DIRECTORY"), "DEACTIVATION"));
    expect(await inBrowser(await door.browser(actor))).toBe(200);
    expect(await doors()).toEqual([401, 401]);
  });
});
