import { createFile } from "@maru/db/testing/factories/file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createActor, createTestMaru, refusal, type TestMaru } from "../../testing/testing";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

const someone = () => createActor(test.db, { name: "박하늘", permissions: ["directory.read", "files.upload"] });
const entriesOf = (subjectId: string) => test.db.auditEntry.findMany({ where: { subjectId }, orderBy: { id: "asc" } });

describe("a profile", () => {
  it("is changed by its owner, found by its new name at once, and recorded with what stood there", async () => {
    const actor = await someone();
    const changed = await test.as(actor).identity.updateProfile({ name: "박바다", nameEn: "Park Bada", mobile: "010-1234-5678" });
    expect(changed).toMatchObject({ person: { name: "박바다", nameEn: "Park Bada" }, contact: { mobile: "010-1234-5678", phone: null } });
    expect(changed.can.change).toEqual(["name", "nameEn", "phone", "mobile", "photo"]);
    expect((await test.as(actor).directory.searchPeople({ q: "ㅂㅂㄷ" })).map(({ id }) => id)).toContain(actor.id);
    expect((await test.as(actor).directory.getPerson({ id: actor.id })).mobile).toBe("010-1234-5678");
    expect(await entriesOf(actor.id)).toMatchObject([
      {
        action: "directory.person.change",
        details: { before: { name: "박하늘", mobile: null }, after: { name: "박바다", mobile: "010-1234-5678" } },
      },
    ]);
    await test.as(actor).identity.updateProfile({ name: "박바다" });
    expect(await entriesOf(actor.id)).toHaveLength(1);
    expect((await test.as(actor).identity.updateProfile({ mobile: null })).contact.mobile).toBeNull();
  });

  it.each([
    ["a mail address, which is the administrator's to say", { email: "other@example.com" }],
    ["a rank", { rankId: "0198a3c1-0000-7000-8000-000000000000" }],
    ["no name", { name: " " }],
    ["a number that is none", { phone: "call me" }],
    ["a zone that no clock knows", { timeZone: "Mars/Olympus" }],
    ["a zone that is no text of a zone", { timeZone: "../../etc/passwd" }],
  ])("does not take %s", async (_what, input) => {
    expect(await refusal(test.as(await someone()).identity.updateProfile(input as object))).toBe("common.invalidInput");
  });

  it("keeps a time zone, and gives it up again", async () => {
    const actor = await someone();
    expect((await test.as(actor).identity.updateProfile({ timeZone: "Europe/Berlin" })).timeZone).toBe("Europe/Berlin");
    expect((await test.as(actor).identity.me()).timeZone).toBe("Europe/Berlin");
    expect((await test.as(actor).identity.updateProfile({ timeZone: null })).timeZone).toBeNull();
  });
});

describe("a photo", () => {
  const picture = async (ownerId: string) =>
    (await createFile(test.db, { ownerId, state: "READY", pipeline: 1, width: 10, height: 10 })).id;

  it("is a picture of one's own, seen by colleagues, and leaves the one before to its owner alone", async () => {
    const actor = await someone();
    const [first, second] = [await picture(actor.id), await picture(actor.id)];
    expect(await refusal(test.as(test.actors.other).files.getFile({ id: first }))).toBe("files.fileNotFound");
    await test.as(actor).files.setOwnPhoto({ fileId: first });
    expect((await test.as(actor).identity.me()).person.photoUrl).toBe(`/api/files/${first}/256`);
    expect((await test.as(test.actors.other).files.getFile({ id: first })).id).toBe(first);
    await test.as(actor).files.setOwnPhoto({ fileId: second });
    expect(await refusal(test.as(test.actors.other).files.getFile({ id: first }))).toBe("files.fileNotFound");
    await test.as(actor).files.setOwnPhoto({ fileId: null });
    expect((await test.as(actor).identity.me()).person.photoUrl).toBeNull();
    expect((await entriesOf(actor.id)).map(({ action }) => action)).toEqual(Array(3).fill("directory.person.change"));
  });

  it("is neither somebody else's, nor what has no sizes, nor what is part of something else", async () => {
    const actor = await someone();
    const set = (fileId: string) => refusal(test.as(actor).files.setOwnPhoto({ fileId }));
    expect(await set(await picture(test.actors.other.id))).toBe("files.fileNotAttachable");
    const pending = await createFile(test.db, { ownerId: actor.id, state: "PENDING" });
    expect(await set(pending.id)).toBe("files.variantNotFound");
    expect((await test.db.file.findUniqueOrThrow({ where: { id: pending.id } })).subjectId).toBeNull();
    const attached = await createFile(test.db, { ownerId: actor.id, subjectType: "board.post", subjectId: test.actors.other.id });
    expect(await set(attached.id)).toBe("files.fileNotAttachable");
  });
});

describe("the audit log", () => {
  it("calls people, accounts and roles by their names, and what has none by nothing", async () => {
    const actor = await someone();
    await test.as(actor).identity.updateProfile({ name: "이름표" });
    const admin = test.as(test.actors.admin);
    const { items } = await admin.audit.listEntries({ subjectType: "directory.person", subjectId: actor.id, limit: 1 });
    expect(items[0]?.subjectName).toEqual({ name: "이름표", nameEn: null });
    await admin.identity.updateAccount({ id: actor.accountId as string, state: "DISABLED" });
    const page = await admin.audit.listEntries({ subjectType: "identity.account", subjectId: actor.accountId as string, limit: 1 });
    expect(page.items[0]).toMatchObject({ action: "identity.account.disable", subjectName: { name: "이름표" } });
    expect((await admin.audit.getEntry({ id: page.items[0]?.id as string })).subjectName?.name).toBe("이름표");
    await test.maru
      .contextFor({ actor: test.actors.admin, requestId: crypto.randomUUID() })
      .tx(async (tx) => tx.record({ action: "test.row.add", subjectType: "identity.account", subjectId: "unknown" }));
    expect((await admin.audit.listEntries({ action: "test.row", limit: 1 })).items[0]?.subjectName).toBeNull();
  });
});
