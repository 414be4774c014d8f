import { createPerson } from "@maru/db/testing/factories/person";
import { LdapError } from "@maru/platform/ldap/ldap-error";
import { sql as raw } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import type { Ctx } from "../../tools";
import { syncBuiltInRoles } from "../identity/service";
import { getRun } from "./queries";
import { executeRun } from "./service/execute";
import { fence, LeaseLost, takeLease } from "./service/lease";
import { queueRun } from "./service/runs";
import { complete, desiredDepartment, desiredPerson } from "./testing/people";
import { createListSource, linesOf, reading, runAgain, runSync, workerContext } from "./testing/runs";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const never = new AbortController().signal;
const people = (name: string, count: number) => Array.from({ length: count }, (_, at) => desiredPerson(`${name}${at}`));
const queue = (sourceId: string) =>
  workerContext(test).tx((tx) => queueRun(tx, sourceId, { isFull: true, isDryRun: false, requestedById: null }));
/** A worker whose process ends before its `n`th commit. */
const dyingAt = (n: number): Ctx => {
  const ctx = workerContext(test);
  let commits = 0;
  const tx: Ctx["tx"] = (work) => {
    commits += 1;
    return commits >= n ? Promise.reject(new Error("killed")) : ctx.tx(work);
  };
  return { ...ctx, tx };
};
/** What a worker that is gone leaves behind: its lease, which ends by itself. */
const leaveLease = (sourceId: string, runId: string) =>
  raw`INSERT INTO sync_lease (source_id, token, run_id, until) VALUES (${sourceId}::uuid, gen_random_uuid(), ${runId}::uuid, now() - interval '1 second')
    ON CONFLICT DO NOTHING RETURNING 1`.execute(test.maru.database.sql);
const actionsOf = async (sourceId: string) => {
  const links = await test.db.syncLink.findMany({ where: { sourceId } });
  const ids = links.flatMap(({ personId, departmentId }) => personId ?? departmentId ?? []);
  const entries = await test.db.auditEntry.groupBy({
    by: ["action"],
    where: { subjectId: { in: ids } },
    _count: true,
    orderBy: { action: "asc" },
  });
  return Object.fromEntries(entries.map(({ action, _count }) => [action, _count]));
};

describe("a worker that is killed", () => {
  it("at any commit leaves a run that the next one finishes, with every row and every entry of the log once", async () => {
    let point = 1;
    for (; point < 60; point += 1) {
      const [top, team] = [desiredDepartment(`top-${point}`), desiredDepartment(`team-${point}`, { parentExternalId: `top-${point}` })];
      const led = people(`k${point}-`, 6).map((person, at) => ({
        ...person,
        managerDn: at === 0 ? null : `cn=k${point}-0`,
        fields: { ...person.fields, department: team.externalId },
      }));
      const read = reading(complete(led, { departments: [top, team] }));
      const sourceId = await createListSource(test);
      const id = await queue(sourceId);
      const hasDied = await executeRun(dyingAt(point), id, never, read).then(
        () => false,
        () => true,
      );
      if (!hasDied) break;
      await leaveLease(sourceId, id);
      expect(await runAgain(test, id, read), `killed at ${point}`).toMatchObject({ state: "DONE", done: 13, total: 13 });
      expect(await actionsOf(sourceId), `killed at ${point}`).toEqual({
        "directory.department.create": 2,
        "directory.person.change": 5,
        "directory.person.create": 6,
        "directory.person.move": 6,
      });
    }
    // It was killed everywhere, up to a run that came to its end before.
    expect(point).toBeGreaterThan(8);
    expect(point).toBeLessThan(60);
  });

  it("between two chunks of a thousand loses nothing and repeats nothing", async () => {
    const read = reading(complete(people("chunk", 1_500)));
    const sourceId = await createListSource(test);
    const id = await queue(sourceId);
    const ctx = workerContext(test);
    const kill = new AbortController();
    const tx: Ctx["tx"] = async (work) => {
      const result = await ctx.tx(work);
      if ((await test.db.syncLink.count({ where: { sourceId } })) > 0) kill.abort(new Error("killed"));
      return result;
    };
    await expect(executeRun({ ...ctx, tx }, id, kill.signal, read)).rejects.toThrow("killed");
    expect(await getRun(ctx, id)).toMatchObject({ state: "APPLYING", done: 1_000, total: 1_500 });
    expect(await test.db.syncLink.count({ where: { sourceId } })).toBe(1_000);
    expect(await runAgain(test, id, read)).toMatchObject({ state: "DONE", done: 1_500 });
    expect(await actionsOf(sourceId)).toEqual({ "directory.person.create": 1_500 });
  });

  it("and was only frozen writes nothing once somebody else has the lease", async () => {
    const sourceId = await createListSource(test);
    const id = await queue(sourceId);
    const ctx = workerContext(test);
    const frozen = await takeLease(ctx, id);
    if (!frozen) throw new Error("the lease was free");
    expect(await takeLease(ctx, id)).toBeNull();
    await ctx.tx((tx) => fence(tx, frozen));
    await raw`UPDATE sync_lease SET until = now() - interval '1 second' WHERE source_id = ${sourceId}::uuid RETURNING 1`.execute(
      test.maru.database.sql,
    );
    expect(await takeLease(ctx, id)).not.toBeNull();
    await expect(ctx.tx((tx) => fence(tx, frozen))).rejects.toThrow(LeaseLost);
  });

  it("each time by the same run ends with that run given up", async () => {
    const sourceId = await createListSource(test);
    const id = await queue(sourceId);
    await test.db.syncRun.update({ where: { id }, data: { starts: 6 } });
    expect(await runAgain(test, id, reading(complete([])))).toMatchObject({ state: "FAILED", failure: "gaveUp" });
  });
});

describe("a row that can't be written", () => {
  const refuseName = (name: string) =>
    test.db.$executeRawUnsafe(`
      CREATE OR REPLACE FUNCTION refuse_name() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.name = '${name}' THEN RAISE EXCEPTION 'refused' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$`);

  it("is found by halves, and everybody else is written", async () => {
    await refuseName("이름 bad613");
    await test.db.$executeRawUnsafe("CREATE TRIGGER refuse_name BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION refuse_name()");
    const sourceId = await createListSource(test);
    let commits = 0;
    const ctx = workerContext(test);
    const tx: Ctx["tx"] = (work) => {
      commits += 1;
      return ctx.tx(work);
    };
    const id = await queue(sourceId);
    await executeRun({ ...ctx, tx }, id, never, reading(complete(people("bad", 1_000))));
    await test.db.$executeRawUnsafe("DROP TRIGGER refuse_name ON person");
    expect(await getRun(ctx, id)).toMatchObject({ state: "DONE", done: 1_000 });
    expect((await linesOf(test, id)).filter((line) => !line.endsWith(" APPLIED"))).toEqual(["CREATE bad613 FAILED sync.rowRefused"]);
    expect(await test.db.syncLink.count({ where: { sourceId } })).toBe(999);
    expect(commits).toBeLessThan(40);
  });

  it("is left out at once where the refusal names it", async () => {
    const sourceId = await createListSource(test);
    const all = people("taken", 30).map((person, at) => ({ ...person, fields: { ...person.fields, employeeNo: `N-${at}` } }));
    const id = await queue(sourceId);
    const ctx = workerContext(test);
    let isTaken = false;
    const tx: Ctx["tx"] = async (work) => {
      const result = await ctx.tx(work);
      const { state } = await test.db.syncRun.findUniqueOrThrow({ where: { id } });
      // Somebody takes the number between the plan and the writing.
      if (state === "PLANNED" && !isTaken) {
        isTaken = true;
        await createPerson(test.db, { employeeNo: "N-7" });
      }
      return result;
    };
    await executeRun({ ...ctx, tx }, id, never, reading(complete(all)));
    expect((await linesOf(test, id)).filter((line) => !line.endsWith(" APPLIED"))).toEqual([
      "CREATE taken7 FAILED directory.employeeNoTaken",
    ]);
    expect(await test.db.syncLink.count({ where: { sourceId } })).toBe(29);
    // The next reading says why, before anything is written.
    const next = await runSync(test, sourceId, reading(complete(all)));
    expect(await linesOf(test, next.id)).toEqual(["CREATE taken7 CONFLICT employeeNoTaken"]);
  });

  it("is one of an address that stands twice among a thousand", async () => {
    const sourceId = await createListSource(test);
    const all = people("mail", 1_000);
    const twice = all.map((person, at) =>
      at === 500 ? { ...person, fields: { ...person.fields, email: "mail499@maru.example" } } : person,
    );
    const run = await runSync(test, sourceId, reading(complete(twice)));
    expect(run).toMatchObject({ state: "DONE", counts: { CONFLICT: 1, "PERSON.CREATE": 999 }, done: 999 });
  });
});

describe("a directory that refuses", () => {
  it.each(["badPassword", "unavailable", "incomplete", "baseUnknown"] as const)("ends the run and changes nothing: %s", async (code) => {
    const sourceId = await createListSource(test);
    await runSync(test, sourceId, reading(complete(people(code, 5))));
    const run = await runSync(test, sourceId, async () => {
      throw new LdapError(code);
    });
    expect(run).toMatchObject({ state: "FAILED", failure: code, counts: {} });
    expect(await linesOf(test, run.id)).toEqual([]);
    expect(await test.db.syncLink.count({ where: { sourceId, missingSince: null } })).toBe(5);
    expect(await test.db.syncLease.count({ where: { sourceId } })).toBe(0);
  });

  it("the password stops the schedule, so that the account is not locked, until a run has worked; and administrators hear of it once", async () => {
    const sourceId = await createListSource(test);
    const next = { isEnabled: true, deltaMinutes: 15, fullAtMinute: 120, nextDeltaAt: new Date(), nextFullAt: new Date() };
    await test.db.syncSource.update({ where: { id: sourceId }, data: next });
    const wrong = async () => {
      throw new LdapError("badPassword");
    };
    for (let turn = 0; turn < 3; turn += 1) await runSync(test, sourceId, wrong);
    const scheduled = async () => {
      const { nextDeltaAt, nextFullAt } = await test.db.syncSource.findUniqueOrThrow({ where: { id: sourceId } });
      return [nextDeltaAt !== null, nextFullAt !== null];
    };
    expect(await scheduled()).toEqual([false, false]);
    const told = () => test.db.outbox.count({ where: { name: "sync.run-failed", payload: { path: ["sourceId"], equals: sourceId } } });
    expect(await told()).toBe(1);
    await runSync(test, sourceId, reading(complete(people("right", 2))));
    expect(await scheduled()).toEqual([true, true]);
    await runSync(test, sourceId, wrong);
    expect(await told()).toBe(2);
  });

  it("is not asked again, while a fault of ours is", async () => {
    const sourceId = await createListSource(test);
    const id = await queue(sourceId);
    await expect(
      executeRun(workerContext(test), id, never, async () => {
        throw new Error("a fault of ours");
      }),
    ).rejects.toThrow("a fault of ours");
    expect(await getRun(workerContext(test), id)).toMatchObject({ state: "READING", failure: null });
    expect(await runAgain(test, id, reading(complete(people("fault", 2))))).toMatchObject({ state: "DONE" });
  });
});
