import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { createJudge, type Judge } from "./access-judge";
import { createScenes } from "./access-scenes";
import { ACCESS_TABLE, ENDED } from "./access-table";
import { callRest, callTrpc, procedures, twinOf } from "./doors";
import { recordFigure } from "./figures";
import { useOwnRedis } from "./own-redis";

const PROOF = "authorisation";

let door: TestDoor;
let scenes: Awaited<ReturnType<typeof createScenes>>;
let judge: Judge;

useOwnRedis();
beforeAll(async () => {
  door = await startTestDoor();
  scenes = await createScenes(door);
  judge = await createJudge(door, scenes);
});
afterAll(() => door.stop());

describe("the table", () => {
  it("has rows for every procedure, and for no other", () => {
    expect(Object.keys(ACCESS_TABLE).sort()).toEqual([...procedures.keys()].sort());
    expect(Object.keys(scenes).sort()).toEqual([...procedures.keys()].sort());
  });

  it("holds at every door, for every kind of person and every record (ASVS 8.2.1, 8.2.2, 8.3.1)", async () => {
    const mismatches: string[] = [];
    let cells = 0;
    for (const procedure of procedures.keys()) {
      const judged = await judge(procedure);
      mismatches.push(...judged.mismatches);
      cells += judged.cells;
    }
    expect(mismatches).toEqual([]);
    recordFigure(PROOF, "procedures, each with rows", procedures.size);
    recordFigure(PROOF, "of them with a REST twin that answers the same", [...procedures.keys()].filter(twinOf).length);
    recordFigure(PROOF, "cells, none of them wrong", cells);
  });
});

describe("whoever is known no more (ASVS 7.4.2)", () => {
  const forget = async (how: (typeof ENDED)[number]): Promise<{ browser: Record<string, string>; bearer: Record<string, string> }> => {
    const { db } = door;
    const person = await createPerson(db);
    const account = await createAccount(db, { personId: person.id });
    const actor: Actor = { ...door.actors.admin, id: person.id, accountId: account.id };
    await door.giveRole(actor, "system-admin");
    const [browser, bearer] = [await door.browser(actor), await door.bearer(actor)];
    const sessions = { where: { accountId: account.id } };
    if (how === "disabled account") await db.account.update({ where: { id: account.id }, data: { state: "DISABLED" } });
    if (how === "resigned person") await db.person.update({ where: { id: person.id }, data: { state: "RESIGNED" } });
    if (how === "expired session") await db.session.updateMany({ ...sessions, data: { expiresAt: new Date(Date.now() - 1_000) } });
    if (how === "ended session") await db.session.updateMany({ ...sessions, data: { endedAt: new Date() } });
    return { browser, bearer };
  };

  it.each(ENDED)("is a stranger everywhere, a system administrator too: %s", async (how) => {
    const { browser, bearer } = await forget(how);
    const open: string[] = [];
    for (const procedure of procedures.keys()) {
      // What is open to strangers is open to them too.
      if (!ACCESS_TABLE[procedure]?.some(([, stranger]) => stranger === "common.signInRequired")) continue;
      const input = { id: newId() };
      const twin = twinOf(procedure);
      const outcomes = [await callTrpc(door, procedure, input, browser), ...(twin ? [await callRest(door, twin, input, bearer)] : [])];
      for (const { status, code } of outcomes)
        if (status !== 401 || code !== "common.signInRequired") open.push(`${procedure}: ${status} ${code}`);
    }
    expect(open).toEqual([]);
  });

  it("was counted", () => recordFigure(PROOF, "ways of being known no more, refused by every procedure", ENDED.length));
});
