import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { GUEST_ACTOR } from "../identity/service";
import { MAX_EXPORTED } from "./contract";
import { verifyAndKeep } from "./service/verification";
import { openTestLog } from "./testing/log";

let maru: TestMaru;
let log: ReturnType<typeof openTestLog>;
beforeAll(async () => {
  maru = await createTestMaru();
  log = openTestLog(maru);
});
afterAll(() => maru.stop());

const admin = () => maru.as(maru.actors.admin).audit;
type Row = { at?: string; actorId?: string | null; action?: string; subjectType?: string; subjectId?: string; details?: unknown };
const put = async (row: Row): Promise<string> => {
  const { at, actorId = null, action = "test.row.add", subjectType = "test.row", subjectId = "1", details = {} } = row;
  const { id } = await maru.db.auditEntry.create({
    data: { id: newId(), at, actorId, action, subjectType, subjectId, details: details as object },
  });
  return id;
};

describe("the list", () => {
  it("is the latest first, page by page, each entry once", async () => {
    const ids = [];
    for (let no = 0; no < 7; no += 1) ids.push(await put({ action: "test.page.add", at: "2026-01-01T00:00:00Z" }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin().listEntries({ action: "test.page", limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids.reverse());
  });

  it("is narrowed by period, person, action and record", async () => {
    const { member, other } = maru.actors;
    const subject = { subjectType: "test.narrow", subjectId: newId() };
    await put({ ...subject, at: "2026-02-01T00:00:00Z", actorId: member.id, action: "test.narrow.add" });
    await put({ ...subject, at: "2026-02-02T00:00:00Z", actorId: other.id, action: "test.narrow.remove" });
    const count = async (filters: object) => (await admin().listEntries({ subjectType: "test.narrow", ...filters })).items.length;
    expect(await count({})).toBe(2);
    expect(await count({ from: "2026-02-02T00:00:00Z" })).toBe(1);
    expect(await count({ to: "2026-02-02T00:00:00Z" })).toBe(1);
    expect(await count({ actorId: member.id })).toBe(1);
    expect(await count({ action: "test.narrow.re" })).toBe(1);
    expect(await count({ action: "test.narrow" })).toBe(2);
    expect(await count({ subjectId: subject.subjectId })).toBe(2);
    expect(await count({ subjectId: "another" })).toBe(0);
  });

  it("says who it was, as far as that is anybody", async () => {
    for (const actorId of [maru.actors.member.id, null, GUEST_ACTOR.id, newId()]) await put({ action: "test.who.add", actorId });
    const { items } = await admin().listEntries({ action: "test.who" });
    expect(items.map(({ actorKind, actor }) => [actorKind, actor?.name ?? null])).toEqual([
      ["unknown", null],
      ["stranger", null],
      ["system", null],
      ["person", "홍길동"],
    ]);
  });

  it("refuses what it did not give and what can't be meant", async () => {
    expect(await refusal(admin().listEntries({ cursor: "yesterday" }))).toBe("audit.cursorInvalid");
    expect(await refusal(admin().listEntries({ from: "2026-02-02T00:00:00Z", to: "2026-02-01T00:00:00Z" }))).toBe("audit.periodInvalid");
    for (const input of [{ from: "yesterday" }, { action: "%" }, { action: "Board" }, { subjectId: "\0" }, { limit: 101 }])
      expect(await refusal(admin().listEntries(input))).toBe("common.invalidInput");
  });
});

describe("an entry", () => {
  it("is told with its changes, and with its number once it has one", async () => {
    const id = await put({ details: { before: { name: "가" }, after: { name: "나" }, reason: "because" } });
    expect(await admin().getEntry({ id })).toMatchObject({ seq: null, sealedAt: null });
    await log.seal();
    expect(await admin().getEntry({ id })).toMatchObject({
      id,
      seq: expect.any(Number),
      sealedAt: expect.any(String),
      changes: [{ field: "name", before: "가", after: "나" }],
      facts: [{ field: "reason", value: "because" }],
    });
  });

  it("that never was is not found", async () => {
    expect(await refusal(admin().getEntry({ id: newId() }))).toBe("audit.entryNotFound");
    expect(await refusal(admin().getEntry({ id: "1" }))).toBe("common.invalidInput");
  });
});

describe("an export", () => {
  it("holds what was asked for, without formulas, and is an entry itself", async () => {
    await put({ action: "test.export.add", subjectId: "=HYPERLINK(1)", details: { text: 'a "quoted", text' } });
    const reason = "분기 점검";
    const { csv, count, isCut, fileName } = await admin().exportEntries({ action: "test.export", reason });
    expect([count, isCut]).toEqual([1, false]);
    expect(fileName).toMatch(/^maru-audit-\d{4}-\d\d-\d\d\.csv$/);
    const [head, row] = csv.split("\r\n");
    expect(head).toBe('\ufeff"seq","time","actor","name","action","subject type","subject","details","request"');
    expect(row).toContain(`"'=HYPERLINK(1)"`);
    expect(row).toContain('"{""text"":""a \\""quoted\\"", text""}"');
    const { items } = await admin().listEntries({ action: "audit.log.export", limit: 1 });
    expect(await admin().getEntry({ id: items[0]?.id ?? "" })).toMatchObject({
      actor: { id: maru.actors.admin.id },
      facts: expect.arrayContaining([
        { field: "reason", value: reason },
        { field: "action", value: "test.export" },
      ]),
    });
  });

  it("needs a reason", async () => {
    for (const reason of ["", "    x    ", "x".repeat(501)])
      expect(await refusal(admin().exportEntries({ reason }))).toBe("common.invalidInput");
  });

  it("has an end, and says when there was more", async () => {
    await maru.maru.database.pool.query(
      `INSERT INTO audit_entry (id, at, action, subject_type, subject_id)
       SELECT gen_random_uuid(), now(), 'test.many.add', 'test', 'x' FROM generate_series(1, ${MAX_EXPORTED + 1})`,
    );
    const first = await admin().exportEntries({ action: "test.many", reason: "everything" });
    expect([first.count, first.isCut, first.csv.split("\r\n").length]).toEqual([MAX_EXPORTED, true, MAX_EXPORTED + 2]);
  });
});

describe("the state", () => {
  it("says what is sealed, anchored and verified", async () => {
    await log.seal();
    await log.anchor();
    await log.write(2);
    const before = await admin().getState({});
    expect(before).toMatchObject({ unsealed: 2, lastAnchor: { seq: before.lastSeq }, lastVerification: null });
    await log.seal();
    await admin().requestVerification({});
    expect(await maru.db.outbox.findFirst({ where: { name: "audit.verify" } })).toMatchObject({ kind: "JOB", payload: {} });
    await log.tamper("UPDATE audit_entry SET action = 'x' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 3)");
    await verifyAndKeep(maru.contextFor(maru.actors.admin), new AbortController().signal);
    const { lastVerification, lastSeq, unsealed } = await admin().getState({});
    expect(lastVerification).toMatchObject({ checked: before.lastSeq + 2, findingCount: 1, findings: [{ kind: "altered", seq: 3 }] });
    // The request and the verification are entries themselves.
    expect([lastSeq, unsealed]).toEqual([before.lastSeq + 2, 2]);
  });
});

describe("the log", () => {
  it("is opened by nobody without the permission, a guest or a member or a department's administrator", async () => {
    const { guest, member, departmentAdmin, moderator } = maru.actors;
    for (const actor of [guest, member, departmentAdmin, moderator]) {
      const { audit } = maru.as(actor);
      for (const call of [
        audit.listEntries({}),
        audit.getEntry({ id: newId() }),
        audit.getState({}),
        audit.exportEntries({ reason: "curiosity" }),
        audit.requestVerification({}),
      ])
        expect(await refusal(call)).toBe("common.forbidden");
    }
    expect(await refusal(maru.as(null).audit.listEntries({}))).toBe("common.signInRequired");
  });

  it("is exported by nobody who may only read it", async () => {
    const reader = { ...maru.actors.member, permissions: new Set(["audit.read"]) };
    expect(await refusal(maru.as(reader).audit.listEntries({}))).toBe("done");
    expect(await refusal(maru.as(reader).audit.exportEntries({ reason: "curiosity" }))).toBe("common.forbidden");
  });
});
