import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { createScenes } from "./access-scenes";
import { ACCESS_TABLE, ENDED, KINDS_OF_PEOPLE, type KindOfPerson } from "./access-table";
import { callRest, callTrpc, procedures, twinOf } from "./doors";
import { recordFigure } from "./figures";
import { useOwnRedis } from "./own-redis";

const PROOF = "authorisation";

let door: TestDoor;
let scenes: Awaited<ReturnType<typeof createScenes>>;

useOwnRedis();
beforeAll(async () => {
  door = await startTestDoor();
  scenes = await createScenes(door);
  await door.giveRole(door.actors.departmentAdmin, "member");
  await door.giveRole(door.actors.departmentAdmin, "department-admin", door.departments.development);
});
afterAll(() => door.stop());

/** The person of a column. A stranger owns nothing: the records that are "own" to one are another's. */
const actorOf = (kind: KindOfPerson): Actor => (kind === "stranger" ? door.actors.other : door.actors[kind]);
type Headers = Record<string, string>;
const openSessions = async (kind: KindOfPerson): Promise<{ trpc: Headers; rest: Headers }> =>
  kind === "stranger"
    ? { trpc: { origin: door.origin, "sec-fetch-site": "same-origin" }, rest: {} }
    : { trpc: await door.browser(actorOf(kind)), rest: await door.bearer(actorOf(kind)) };
const sessions = new Map<KindOfPerson, ReturnType<typeof openSessions>>();
const ENDING_SESSIONS = ["identity.signOut", "identity.revokeSessions"];
/** The sessions of a kind of person: the same for all calls, besides those that end them. */
const sessionsFor = (kind: KindOfPerson, procedure: string): ReturnType<typeof openSessions> => {
  if (ENDING_SESSIONS.includes(procedure)) {
    sessions.delete(kind);
    return openSessions(kind);
  }
  const opened = sessions.get(kind) ?? openSessions(kind);
  sessions.set(kind, opened);
  return opened;
};

const rows = Object.entries(ACCESS_TABLE).flatMap(([procedure, records]) =>
  records.map(([record, ...answers]) => ({ procedure, record, answers })),
);

describe("the table", () => {
  it("has rows for every procedure, and for no other", () => {
    expect(Object.keys(ACCESS_TABLE).sort()).toEqual([...procedures.keys()].sort());
    expect(Object.keys(scenes).sort()).toEqual([...procedures.keys()].sort());
  });

  it("holds at every door, for every kind of person and every record", async () => {
    const mismatches: string[] = [];
    let cells = 0;
    const judge = (where: string, expected: string | undefined, { status, code }: { status: number; code: string }): void => {
      cells += 1;
      if (code !== expected) mismatches.push(`${where}: ${code}, not ${expected}`);
      if ((status === 200) !== (code === "done") || status >= 500) mismatches.push(`${where}: status ${status} with ${code}`);
    };
    const judgeColumn = async (
      { procedure, record, answers }: (typeof rows)[number],
      kind: KindOfPerson,
      column: number,
    ): Promise<void> => {
      const where = `${procedure} on ${record} as ${kind}`;
      const [scene, twin] = [scenes[procedure], twinOf(procedure)];
      if (!scene) throw new Error(`no scene for ${procedure}`);
      const headers = await sessionsFor(kind, procedure);
      judge(where, answers[column], await callTrpc(door, procedure, await scene(record, actorOf(kind)), headers.trpc));
      if (!twin) return;
      judge(`${where} through REST`, answers[column], await callRest(door, twin, await scene(record, actorOf(kind)), headers.rest));
    };
    for (const row of rows) await Promise.all(KINDS_OF_PEOPLE.map((kind, column) => judgeColumn(row, kind, column)));
    expect(mismatches).toEqual([]);
    recordFigure(PROOF, "procedures, each with rows", procedures.size);
    recordFigure(PROOF, "of them with a REST twin that answers the same", [...procedures.keys()].filter(twinOf).length);
    recordFigure(PROOF, "cells, none of them wrong", cells);
  });
});

describe("whoever is known no more", () => {
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
      if (ACCESS_TABLE[procedure]?.every(([, stranger]) => stranger === "done")) continue;
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
