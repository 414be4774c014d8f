import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import { differencesOf } from "./contract";
import { complete, desiredDepartment, desiredPerson } from "./testing/people";
import { createListSource, reading, runSync } from "./testing/runs";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const admin = () => test.as(test.actors.admin).sync;

/** A unit below another one, with somebody whose name is a formula and who is led by somebody else. */
const organisation = async () => {
  const sourceId = await createListSource(test);
  const [top, team, leader, member] = [newId(), newId(), newId(), newId()];
  const people = [
    desiredPerson(leader, { managerDn: null, fields: { name: "이이끔", department: top } }),
    desiredPerson(member, { managerDn: `cn=${leader}`, fields: { name: "=1+1", department: team } }),
  ];
  const departments = [desiredDepartment(top, { name: "본부" }), desiredDepartment(team, { name: "일팀", parentExternalId: top })];
  return { sourceId, top, team, leader, member, read: reading(complete(people, { departments })) };
};

describe("what items change", () => {
  it("is told with the names of managers and departments, before anybody of them is there and afterwards", async () => {
    const { sourceId, leader, read } = await organisation();
    const namesOf = async (runId: string) => {
      const { items } = await admin().listItems({ runId });
      return items.flatMap((item) =>
        differencesOf(item)
          .filter(({ field }) => ["managerName", "parentName", "departmentName", "manager", "parent", "department"].includes(field))
          .map(({ field, before, after }) => `${field} ${before} ${after}`),
      );
    };
    const expected = ["parentName null 본부", "departmentName null 본부", "departmentName null 일팀", "managerName null 이이끔"];
    const preview = await runSync(test, sourceId, read, { isDryRun: true });
    expect(await namesOf(preview.id)).toEqual(expected);
    const run = await runSync(test, sourceId, read);
    expect(await namesOf(run.id)).toEqual(expected);
    // The id stands beside the name, for whoever looks her up in the directory.
    const { items } = await admin().listItems({ runId: run.id, target: "MANAGER" });
    expect(items).toMatchObject([{ after: { manager: leader, managerName: "이이끔" } }]);
  });
});

describe("an export of items", () => {
  it("has every item of the filter with words, as text, and is on record", async () => {
    const { sourceId, member, read } = await organisation();
    const { id: runId } = await runSync(test, sourceId, read, { isDryRun: true });
    const { csv, count, isCut, fileName } = await admin().exportItems({ runId });
    expect([count, isCut, fileName]).toEqual([5, false, `maru-sync-${runId}.csv`]);
    const [head, ...lines] = csv.split("\r\n");
    expect(head).toBe('\ufeff"순서","대상","변경","이름","디렉터리 ID","이전","이후","상태","이유"');
    expect(lines.slice(0, 2).map((line) => line.split(",").slice(1, 4).join(" "))).toEqual([
      '"부서" "추가" "본부"',
      '"부서" "추가" "일팀"',
    ]);
    expect(csv).toContain("상위 부서: 본부");
    expect(csv).toContain("상급자: 이이끔");
    // Nothing of it is calculated.
    expect(csv).toMatch(/"'=1\+1"/u);
    expect(csv).not.toMatch(/(?:^|,)"=/mu);

    const filtered = await admin().exportItems({ runId, target: "PERSON", q: "=1", locale: "en" });
    expect(filtered.count).toBe(1);
    expect(filtered.csv).toContain(`"${member}"`);
    expect(filtered.csv).toMatch(/^\ufeff"No\.","Target|^\ufeff"No\."/u);
    const entries = await test.db.auditEntry.findMany({ where: { action: "sync.run.export", subjectId: runId }, orderBy: { id: "asc" } });
    expect(entries.map(({ details }) => details)).toMatchObject([{ sourceId }, { sourceId, target: "PERSON", q: "=1" }]);
  });

  it("goes on page by page", async () => {
    const sourceId = await createListSource(test);
    const people = Array.from({ length: 2_003 }, (_, at) => desiredPerson(`many${at}`));
    const { id: runId } = await runSync(test, sourceId, reading(complete(people)), { isDryRun: true });
    const { csv, count, isCut } = await admin().exportItems({ runId });
    expect([count, isCut]).toEqual([2_003, false]);
    const numbers = [...csv.matchAll(/^"(\d+)",/gmu)].map(([, seq]) => Number(seq));
    expect(numbers).toEqual(Array.from({ length: 2_003 }, (_, at) => at));
  });

  it("is for those who may read the run", async () => {
    const { sourceId, read } = await organisation();
    const { id: runId } = await runSync(test, sourceId, read, { isDryRun: true });
    for (const actor of [test.actors.member, test.actors.departmentAdmin])
      expect(await refusal(test.as(actor).sync.exportItems({ runId }))).toBe("common.forbidden");
    expect(await refusal(test.as(null).sync.exportItems({ runId }))).toBe("common.signInRequired");
    expect(await refusal(admin().exportItems({ runId: newId() }))).toBe("sync.runNotFound");
    expect(await refusal(admin().exportItems({ runId, q: "가".repeat(101) }))).toBe("common.invalidInput");
  });
});
