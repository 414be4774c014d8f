import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { createRank } from "@maru/db/testing/factories/rank";
import { newId } from "@maru/platform/crypto/id";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { openFile, receiveFile } from "../files/service";
import { syncBuiltInRoles } from "../identity/service";
import type { FileField, ImportView } from "./contract";
import { executeRun } from "./service/execute";
import { removeOldFiles } from "./service/files/exports";
import { lookInto } from "./service/files/look-into";
import { makePeopleExport } from "./service/files/make-export";
import { readFile } from "./service/files/read-file";
import { workerContext } from "./testing/runs";

let test: TestMaru;
let now = new Date();
beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
  const { id: roleId } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
  const { accountId } = test.actors.admin;
  await test.db.roleAssignment.create({ data: { id: newId(), accountId: accountId ?? "", roleId, assignedAt: now } });
  await createRank(test.db, { name: "과장" });
  await createRank(test.db, { name: "차장" });
});
afterAll(() => test.stop());

const never = new AbortController().signal;
const sync = () => test.as(test.actors.admin).sync;
let tag = 0;
/** A number that no other test of this file has. */
const number = (): string => {
  tag += 1;
  return `9${tag.toString().padStart(5, "0")}`;
};
const personOf = (employeeNo: string) =>
  test.db.person.findUnique({
    where: { employeeNo },
    include: { rank: true, manager: true, affiliations: { where: { endsOn: null }, include: { department: true } } },
  });

const upload = (name: string, content: string | Buffer) =>
  receiveFile(test.contextFor(test.actors.admin), {
    name,
    stream: Readable.from([Buffer.from(content as Buffer)], { objectMode: false }),
    declaredSize: null,
  });
/** Uploads a file as the administrator does, and lets the worker look into it. */
const started = async (content: string | Buffer, name = "사람.csv"): Promise<ImportView> => {
  const file = await upload(name, content);
  const { id } = await sync().startImport({ fileId: file.id });
  await lookInto(workerContext(test), { importId: id }, never);
  return sync().getImport({ id });
};
const worked = async ({ id }: ImportView, step: "preview" | "run" | "undo"): Promise<ImportView> => {
  const runId = (await sync().getImport({ id }))[step]?.id ?? "";
  await executeRun(workerContext(test), runId, never, readFile);
  return sync().getImport({ id });
};
const guessesOf = ({ found }: ImportView): (FileField | null)[] => (found?.columns ?? []).map(({ guess }) => guess);
const previewed = async (content: string | Buffer, name?: string): Promise<ImportView> => {
  const view = await started(content, name);
  return worked(await sync().previewImport({ id: view.id, fields: guessesOf(view) }), "preview");
};
const applied = async (content: string | Buffer): Promise<ImportView> =>
  worked(await sync().applyImport({ id: (await previewed(content)).id }), "run");
const undone = async ({ id }: ImportView): Promise<ImportView> => worked(await sync().undoImport({ id }), "undo");
const linesOf = async ({ id }: ImportView, step: "preview" | "run" | "undo") =>
  (await sync().listImportItems({ id, step, limit: 100 })).items.map(({ row, target, action, externalId, status, error }) =>
    [row, ...(target === "PERSON" ? [] : [target]), action, externalId, status, ...(error ? [error] : [])].join(" "),
  );

describe("a file", () => {
  it("is looked into: its encoding, its columns and what they mean, its rows", async () => {
    const text = "사번,성명,직급,E-Mail,비고\r\nZ1,똠방각하,과장,z1@maru.example,\r\nZ2,김둘,,,메모\r\n";
    const view = await started(iconv.encode(text, "cp949"));
    expect(view).toMatchObject({ fileName: "사람.csv", fault: null, can: { preview: true, apply: false, undo: false } });
    expect(view.found).toMatchObject({ format: "CSV", encoding: "cp949", hasMark: false, delimiter: ",", rowCount: 2 });
    expect(view.found?.columns).toEqual([
      { name: "사번", samples: ["Z1", "Z2"], guess: "employeeNo" },
      { name: "성명", samples: ["똠방각하", "김둘"], guess: "name" },
      { name: "직급", samples: ["과장"], guess: "rank" },
      { name: "E-Mail", samples: ["z1@maru.example"], guess: "email" },
      { name: "비고", samples: ["메모"], guess: null },
    ]);
  });

  it("says what is wrong with it as a whole", async () => {
    expect(await started("사번,이름\r\n")).toMatchObject({ found: null, fault: "tables.empty", can: { preview: false } });
    expect(await started('사번,이름\r\nA1,"홍\r\n')).toMatchObject({ fault: "tables.quoteOpen", faultRow: 2 });
    const broken = await started("사번,이름\r\n");
    expect(await refusal(sync().previewImport({ id: broken.id, fields: ["employeeNo"] }))).toBe("sync.importNotReadable");
    const picture = await upload("memo.md", "# 메모");
    expect(await refusal(sync().startImport({ fileId: picture.id }))).toBe("sync.fileNotTable");
  });

  it("is for those who manage sources, and each column means one thing", async () => {
    const { id } = await started("사번,이름\r\nQ1,홍\r\n");
    const member = test.as(test.actors.member).sync;
    for (const call of [member.getImport({ id }), member.applyImport({ id }), member.listImports({}), member.getPeopleExport({})])
      expect(await refusal(call)).toBe("common.forbidden");
    expect(await refusal(sync().previewImport({ id, fields: ["employeeNo"] }))).toBe("sync.columnsWrong");
    expect(await refusal(sync().previewImport({ id, fields: [null, "name"] }))).toBe("common.invalidInput");
    expect(await refusal(sync().previewImport({ id, fields: ["employeeNo", "employeeNo"] }))).toBe("common.invalidInput");
    expect(await refusal(sync().getImport({ id: newId() }))).toBe("sync.importNotFound");
    expect(await refusal(sync().applyImport({ id }))).toBe("sync.importNotPreviewed");
    expect(await refusal(sync().undoImport({ id }))).toBe("sync.importNotApplied");
    const { fileId } = await test.db.syncImport.findUniqueOrThrow({ where: { id } });
    expect(await refusal(openFile(test.contextFor(test.actors.member), { id: fileId }))).toBe("files.fileNotFound");
    // Files have no server: their source is neither run by itself nor deleted.
    const { id: sourceId } = await test.db.syncSource.findUniqueOrThrow({ where: { name: "파일" } });
    expect(await refusal(sync().startRun({ sourceId }))).toBe("sync.sourceHasNoServer");
    expect(await refusal(sync().deleteSource({ id: sourceId }))).toBe("sync.sourceHasNoServer");
  });
});

describe("an import", () => {
  it("shows every change and every wrong cell, does what it showed, and takes it back", async () => {
    const [old, fresh, twin] = [number(), number(), number()];
    const before = await createPerson(test.db, {
      employeeNo: old,
      name: "예전이름",
      email: `${old}@maru.example`,
      departmentId: test.departments.team,
    });
    const text = [
      "사번,이름,부서,직급,이메일,상사 사번",
      `${old},새이름,영업본부,과장,${old}@maru.example,`,
      `${fresh},신입,마루 > 개발본부 > 개발1팀,,${fresh}@Maru.example,${old}`,
      `${twin},하나,없는부서,부장님,메일아님,`,
      `${fresh},또신입,,,,`,
      ",이름만,,,,",
    ].join("\r\n");
    const view = await previewed(text);
    expect(view).toMatchObject({ preview: { state: "DONE", total: 3 }, can: { apply: true, undo: false } });
    const told = [
      `2 UPDATE ${old}`,
      `3 CREATE ${fresh}`,
      `3 MANAGER UPDATE ${fresh}`,
      `4 CREATE ${twin} CONFLICT email.invalid rank.unknown department.unknown`,
      `5 CREATE ${fresh} CONFLICT employeeNo.twice`,
      "6 CREATE #6 CONFLICT employeeNo.missing",
    ];
    const lines = (status: string) => told.map((line) => (line.includes("CONFLICT") ? line : `${line} ${status}`));
    expect(await linesOf(view, "preview")).toEqual(lines("PLANNED"));
    const { items } = await sync().listImportItems({ id: view.id, step: "preview", status: "PLANNED" });
    expect(items[0]).toMatchObject({
      before: { name: "예전이름", rank: null, departmentName: "마루 > 개발본부 > 개발1팀" },
      after: { name: "새이름", rank: "과장", departmentName: "마루 > 영업본부" },
    });
    expect(await personOf(fresh)).toBeNull();
    const errors = await openFile(test.contextFor(test.actors.admin), { id: view.errorFileId ?? "" });
    const errorText = (await buffer(errors.read())).toString();
    expect(errorText.split("\r\n")).toHaveLength(5);
    expect(errorText).toContain('"4","email.invalid rank.unknown department.unknown"');

    const done = await worked(await sync().applyImport({ id: view.id }), "run");
    expect(done).toMatchObject({ run: { state: "DONE", done: 3, total: 3 }, can: { preview: false, apply: false, undo: true } });
    expect(await linesOf(done, "run")).toEqual(lines("APPLIED"));
    expect(await personOf(old)).toMatchObject({
      id: before.id,
      name: "새이름",
      rank: { name: "과장" },
      affiliations: [{ departmentId: test.departments.sales }],
    });
    expect(await personOf(fresh)).toMatchObject({
      name: "신입",
      email: `${fresh}@maru.example`,
      managerId: before.id,
      affiliations: [{ departmentId: test.departments.team }],
    });
    expect(await test.db.syncLink.count({ where: { personId: before.id } })).toBe(0);
    expect(await refusal(sync().applyImport({ id: view.id }))).toBe("sync.importApplied");

    const back = await undone(done);
    expect(back).toMatchObject({ undo: { state: "DONE", done: 2, isUndo: true }, can: { undo: false } });
    expect(back).toMatchObject({ preview: { isUndo: false }, run: { isUndo: false, sourceKind: "FILE" } });
    expect(await linesOf(back, "undo")).toEqual([`3 DEACTIVATE ${fresh} APPLIED`, `2 UPDATE ${old} APPLIED`]);
    expect(await personOf(old)).toMatchObject({ name: "예전이름", rank: null, affiliations: [{ departmentId: test.departments.team }] });
    expect(await personOf(fresh)).toMatchObject({ state: "RESIGNED" });
  });

  it("leaves who was changed since as she is when it is taken back, and says so", async () => {
    const [a, b] = [number(), number()];
    for (const employeeNo of [a, b]) await createPerson(test.db, { employeeNo, name: `이름 ${employeeNo}` });
    const view = await applied(`사번,이름,휴대전화\r\n${a},가,010-1\r\n${b},나,010-2\r\n`);
    await test.db.person.update({ where: { employeeNo: a }, data: { mobile: "010-9" } });
    const back = await undone(view);
    expect(await linesOf(back, "undo")).toEqual([`2 UPDATE ${a} CONFLICT changedSince`, `3 UPDATE ${b} APPLIED`]);
    expect([await personOf(a), await personOf(b)]).toMatchObject([
      { name: "가", mobile: "010-9" },
      { name: `이름 ${b}`, mobile: null },
    ]);
  });

  it("says nothing of whoever is not in the file, and changes nothing of whom a directory knows", async () => {
    const [absent, hers] = [number(), number()];
    await createPerson(test.db, { employeeNo: absent });
    const known = await createPerson(test.db, { employeeNo: hers, name: "명부" });
    const source = await test.db.syncSource.findFirstOrThrow();
    const link = { target: "PERSON", externalId: hers, personId: known.id, hash: "", dn: hers } as const;
    await test.db.syncLink.create({ data: { sourceId: source.id, ...link } });
    const view = await previewed(`사번,이름\r\n${hers},다른이름\r\n`);
    expect(await linesOf(view, "preview")).toEqual([`2 UPDATE ${hers} CONFLICT managedByDirectory`]);
    expect(view.can.apply).toBe(false);
    expect(await personOf(absent)).toMatchObject({ state: "ACTIVE" });
  });

  it("is not done when somebody has changed meanwhile what it would do", async () => {
    const a = number();
    await createPerson(test.db, { employeeNo: a, name: "가" });
    const { id } = await previewed(`사번,이름\r\n${a},나\r\n`);
    await test.db.person.update({ where: { employeeNo: a }, data: { name: "나" } });
    const view = await worked(await sync().applyImport({ id }), "run");
    expect(view).toMatchObject({ run: { state: "FAILED", failure: "sync.importOutdated" }, can: { preview: true, undo: false } });
  });

  it("swaps addresses, names one bad row of many, and takes 2,000 rows", async () => {
    const department = await createDepartment(test.db);
    const many = Array.from({ length: 2_000 }, () => number());
    const rows = many.map((one, at) => `${one},이름${at},${department.code},${at === 1_234 ? "나쁜 주소" : `${one}@maru.example`}`);
    const view = await applied(["사번,이름,부서,이메일", ...rows].join("\n"));
    expect(view.run).toMatchObject({ state: "DONE", done: 1_999, counts: { "PERSON.CREATE": 1_999, CONFLICT: 1 } });
    const [a = "", b = ""] = many;
    const swap = await applied(`사번,이메일\n${a},${b}@maru.example\n${b},${a}@maru.example\n`);
    expect(swap.run).toMatchObject({ state: "DONE", done: 2 });
    expect([(await personOf(a))?.email, (await personOf(b))?.email]).toEqual([`${b}@maru.example`, `${a}@maru.example`]);
  });
});

describe("an export", () => {
  const exported = async (format: "CSV" | "XLSX", filter: { q?: string; departmentId?: string } = {}) => {
    const asked = await sync().requestPeopleExport({ format, reason: "정기 점검에 씁니다", ...filter });
    expect(asked.state).toBe("PENDING");
    const row = await test.db.syncExport.findFirstOrThrow({ where: { state: "PENDING" } });
    await makePeopleExport(workerContext(test), { exportId: row.id }, never);
    const view = await sync().getPeopleExport({});
    const opened = await openFile(test.contextFor(test.actors.admin), { id: view.fileId ?? "" });
    return { row, view, bytes: await buffer(opened.read()), name: opened.name };
  };

  it.each(["CSV", "XLSX"] as const)("as %s comes back without a single change", async (format) => {
    const [a, b] = [number(), number()];
    const manager = await createPerson(test.db, {
      employeeNo: a,
      name: "=위험",
      mobile: "+82-10-1234-5678",
      departmentId: test.departments.company,
    });
    await createPerson(test.db, {
      employeeNo: b,
      nameEn: "Bee",
      managerId: manager.id,
      email: `${b}@Maru.Example`,
      departmentId: test.departments.team,
    });
    const { view, bytes, name, row } = await exported(format);
    expect(view).toMatchObject({ state: "READY", done: view.total });
    expect(name).toMatch(format === "CSV" ? /^maru-people-.*\.csv$/u : /\.xlsx$/u);
    if (format === "CSV") expect(bytes.toString()).toContain(`"'=위험"`);
    const back = await previewed(bytes, `되돌아온.${format.toLowerCase()}`);
    expect(back.preview).toMatchObject({ state: "DONE", total: 0, counts: {} });
    const entry = await test.db.auditEntry.findFirstOrThrow({ where: { action: "sync.export.request", subjectId: row.id } });
    expect(entry.details).toMatchObject({ reason: "정기 점검에 씁니다", format });
    expect(await test.db.outbox.count({ where: { name: "sync.people-exported" } })).toBeGreaterThan(0);
  });

  it("holds those who were asked for, is hers alone, and is kept for seven days", async () => {
    const [a] = [number()];
    await createPerson(test.db, { employeeNo: a, name: "걸러낸사람", departmentId: test.departments.team });
    const { view, bytes } = await exported("CSV", { q: "걸러낸", departmentId: test.departments.development });
    expect(bytes.toString().trim().split("\r\n")).toHaveLength(2);
    const other = { ...test.actors.admin, id: test.actors.other.id };
    expect(await refusal(openFile(test.contextFor(other), { id: view.fileId ?? "" }))).toBe("files.fileNotFound");
    now = new Date(new Date(view.expiresAt ?? "").getTime() + 1_000);
    await removeOldFiles(workerContext(test));
    expect(await sync().getPeopleExport({})).toMatchObject({ state: "EXPIRED", fileId: null });
  });
});
