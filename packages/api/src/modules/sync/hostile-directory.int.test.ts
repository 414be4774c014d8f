import { type HostileAnswer, type HostileSearch, startHostileLdap } from "@maru/platform/ldap/testing/hostile-server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import { readDirectory } from "./service/read-directory";
import { linesOf, runSync } from "./testing/runs";

const PEOPLE = 40;
const PAGE = 10;
const BASE = "dc=corp,dc=test";
const person = (at: number) => ({
  uid: [`hostile${at}`],
  cn: [`사람 ${at}`],
  entryUUID: [`00000000-0000-4000-8000-${String(at).padStart(12, "0")}`],
  modifyTimestamp: ["20261121000000Z"],
});

/** What the server does at the beginning of a page; true where it has said everything already. */
let misbehave: (page: number, answer: HostileAnswer) => boolean = () => false;
let shown = PEOPLE;

const onSearch = ({ base, cookie }: HostileSearch, answer: HostileAnswer): void => {
  if (base === "") {
    answer.entry("", { objectClass: ["OpenLDAProotDSE"], namingContexts: [BASE] });
    answer.done();
    return;
  }
  const page = Number(cookie || 0);
  if (misbehave(page, answer)) return;
  for (let at = page * PAGE; at < Math.min(shown, (page + 1) * PAGE); at += 1) answer.entry(`uid=hostile${at},${BASE}`, person(at));
  answer.done({ cookie: (page + 1) * PAGE < shown ? String(page + 1) : "" });
};

let test: TestMaru;
let server: Awaited<ReturnType<typeof startHostileLdap>>;
let sourceId: string;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
  server = await startHostileLdap({ onSearch, onBind: (_dn, password) => ({ code: password === "right" ? 0 : 49 }) });
  const settings = { kind: "OPENLDAP" as const, name: "적대적", url: server.url, bindDn: "cn=reader", password: "right", baseDn: BASE };
  const mapping = { attributes: { username: "uid", name: "cn" } };
  sourceId = (await test.as(test.actors.admin).sync.saveSource({ ...settings, filter: "(uid=*)", mapping })).id;
  await runSync(test, sourceId, readDirectory, { isDryRun: true });
  expect(await runSync(test, sourceId, readDirectory)).toMatchObject({ state: "DONE", counts: { "PERSON.CREATE": PEOPLE } });
});
afterAll(async () => {
  await server.close();
  await test.stop();
});
beforeEach(() => {
  misbehave = () => false;
  shown = PEOPLE;
});

const run = (isFull = true) => runSync(test, sourceId, readDirectory, { isFull });
const nobodyIsGone = async () =>
  expect([
    await test.db.syncLink.count({ where: { sourceId, missingSince: null } }),
    await test.db.person.count({ where: { state: "RESIGNED" } }),
  ]).toEqual([PEOPLE, 0]);

it("that gives an empty page in the middle is read to its end", async () => {
  let hasPaused = false;
  misbehave = (page, answer) => {
    if (page !== 2 || hasPaused) return false;
    hasPaused = true;
    answer.done({ cookie: "2" });
    return true;
  };
  expect(await run()).toMatchObject({ state: "DONE", counts: {}, phases: [{ count: PEOPLE }, {}, {}, {}] });
  await nobodyIsGone();
});

const atPage = (wanted: number, say: (answer: HostileAnswer) => void) => (page: number, answer: HostileAnswer) => {
  if (page !== wanted) return false;
  say(answer);
  return true;
};

it.each<[string, string, typeof misbehave]>([
  ["goes away in the middle", "unavailable", atPage(2, (answer) => answer.drop())],
  ["is busy in the middle", "busy", atPage(2, (answer) => answer.done({ code: 51 }))],
  ["cuts at its limit", "incomplete", atPage(2, (answer) => answer.done({ code: 4 }))],
  ["loses the word on pages", "incomplete", atPage(2, (answer) => answer.done())],
  ["does not know its base any more", "baseUnknown", atPage(0, (answer) => answer.done({ code: 32 }))],
])("that %s ends the run, and nobody is thought absent", async (_what, failure, how) => {
  misbehave = how;
  const failed = await run();
  expect(failed).toMatchObject({ state: "FAILED", failure });
  expect(await linesOf(test, failed.id)).toEqual([]);
  await nobodyIsGone();
});

it("that answers with half of its people has nobody sent away, not even at the second time", async () => {
  shown = PEOPLE / 2;
  for (const isFull of [true, true, false])
    expect(await run(isFull)).toMatchObject({ state: "WAITING_APPROVAL", held: [{ reason: "deactivations", count: 20, of: PEOPLE }] });
  // One after the other takes its place; administrators hear of the first.
  expect(await test.db.outbox.count({ where: { name: "sync.run-held" } })).toBe(1);
  await nobodyIsGone();
});

it("that shows one person less has that one marked, and sent away the second time, by a reading of changes too", async () => {
  shown = PEOPLE - 1;
  const gone = person(shown).entryUUID[0];
  expect(await linesOf(test, (await run(false)).id)).toEqual([`MARK_MISSING ${gone} APPLIED`]);
  expect(await linesOf(test, (await run(false)).id)).toEqual([`DEACTIVATE ${gone} APPLIED`]);
});
