import { open, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createBoard } from "@maru/db/testing/factories/board";
import { createFile } from "@maru/db/testing/factories/file";
import { newId } from "@maru/platform/crypto/id";
import { type ImageMaker, imageErrors, PIPELINE } from "@maru/platform/images";
import { paragraphs } from "@maru/platform/rich-text";
import { createLocalStorage } from "@maru/platform/storage/local";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { MAX_PERSON_BYTES, VARIANTS } from "./contract";
import { originalKey, variantKey } from "./domain";
import { handlers } from "./handlers";
import { attachFiles, deleteFile, detachFiles, listFilesOf, listReadableFiles, openFile, receiveFile } from "./service";
import { generateThumbnail, imagesInHere, outboxOf, upload, workerContext } from "./testing/uploads";

let maru: TestMaru;
beforeAll(async () => {
  maru = await createTestMaru();
});
afterAll(async () => maru.stop());

let shade = 0;
/** A picture that no other test has: content is shared. */
const picture = (side = 40): Promise<Buffer> => {
  shade += 1;
  return sharp({ create: { width: side, height: side, channels: 3, background: { r: shade, g: 7, b: 9 } } })
    .png()
    .toBuffer();
};
const objects = async (): Promise<string[]> => {
  const entries = await readdir(join(maru.dataDir, "files"), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(maru.dataDir.length + 7));
};
const objectsOf = async (sha256: string): Promise<string[]> => (await objects()).filter((path) => path.includes(sha256));
const hashOf = async (id: string): Promise<string> => (await maru.db.file.findUniqueOrThrow({ where: { id } })).sha256;
const photoOf = (personId: string) => ({ subjectType: "directory.person", subjectId: personId });
const run = <Name extends keyof typeof handlers>(name: Name, input: object, ctx = workerContext(maru)) =>
  (handlers[name] as { run(ctx: unknown, input: unknown, signal: AbortSignal): Promise<void> }).run(
    ctx,
    input,
    new AbortController().signal,
  );

describe("receiveFile", () => {
  it("keeps a picture byte for byte, under its clean name, and asks for its thumbnail", async () => {
    const bytes = await picture();
    const view = await upload(maru, maru.actors.member, "../사진.png".normalize("NFD"), bytes);
    expect(view).toMatchObject({
      name: "사진.png",
      mediaType: "image/png",
      sizeBytes: bytes.length,
      state: "PENDING",
      variants: {},
      url: `/api/files/${view.id}`,
    });
    expect(await outboxOf(maru, "files.generate-thumbnail")).toContainEqual({ fileId: view.id });
    const opened = await openFile(maru.contextFor(maru.actors.member), { id: view.id });
    expect(Buffer.compare(await buffer(opened.read()), bytes)).toBe(0);
    expect(opened.isShown).toBe(false);
    const audit = await maru.db.auditEntry.findFirstOrThrow({ where: { subjectId: view.id } });
    expect(audit).toMatchObject({ action: "files.file.upload", actorId: maru.actors.member.id });
    expect((await objects()).filter((path) => path.startsWith("quarantine") || path.startsWith(".unfinished"))).toEqual([]);
  });

  it("is for those who may upload", async () => {
    expect(await refusal(upload(maru, maru.actors.guest, "a.txt", "hello"))).toBe("common.forbidden");
  });

  it("leaves nothing of an upload that is refused or cut off", async () => {
    const before = await objects();
    const count = await maru.db.file.count();
    const cut = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error("the client went away");
      })(),
      { objectMode: false },
    );
    await expect(upload(maru, maru.actors.member, "a.zip", cut)).rejects.toThrow("went away");
    expect(await refusal(upload(maru, maru.actors.member, "a.png", "<html>"))).toBe("files.contentMismatch");
    expect(await objects()).toEqual(before);
    expect(await maru.db.file.count()).toBe(count);
  });

  it("says that the storage is full", async () => {
    const ctx = maru.contextFor(maru.actors.member);
    // Every byte goes to a real device that is always full.
    const storage = createLocalStorage(maru.dataDir, () => open("/dev/full", "w"));
    const full = { ...ctx, tools: { ...ctx.tools, storage } };
    const received = receiveFile(full, { name: "a.txt", stream: Readable.from(["x"]), declaredSize: null });
    expect(await refusal(received)).toBe("files.storageFull");
  });

  it("keeps within a person's quota, also when two uploads race for the rest of it", async () => {
    const { departmentAdmin } = maru.actors;
    await createFile(maru.db, { ownerId: departmentAdmin.id, sizeBytes: MAX_PERSON_BYTES - 10 });
    expect(await refusal(upload(maru, departmentAdmin, "a.txt", "more than ten bytes"))).toBe("files.quotaExceeded");
    const race = await Promise.all(["six 01", "six 02"].map((text) => refusal(upload(maru, departmentAdmin, "a.txt", text))));
    expect(race.sort()).toEqual(["done", "files.quotaExceeded"]);
  });

  it("happens once under one idempotency key, and only for the same bytes", async () => {
    const once = { kind: "command", key: newId(), procedure: "files.receiveFile", requestHash: "same" } as const;
    const { member } = maru.actors;
    const [first, twin] = await Promise.all([upload(maru, member, "a.txt", "once", once), upload(maru, member, "a.txt", "once", once)]);
    expect((await upload(maru, member, "a.txt", "once", once)).id).toBe(first.id);
    expect(twin.id).toBe(first.id);
    expect(await maru.db.file.count({ where: { sha256: await hashOf(first.id) } })).toBe(1);
    expect(await refusal(upload(maru, member, "a.txt", "four", once))).toBe("common.idempotencyKeyReused");
  });

  it("shares the object of equal contents, and looks at a picture once", async () => {
    const bytes = await picture();
    const first = await upload(maru, maru.actors.member, "a.png", bytes);
    const second = await upload(maru, maru.actors.other, "b.png", bytes);
    await generateThumbnail(workerContext(maru), first.id);
    expect((await maru.as(maru.actors.other).files.getFile({ id: second.id })).state).toBe("READY");
    const third = await upload(maru, maru.actors.member, "c.png", bytes);
    expect(third).toMatchObject({ state: "READY", width: 40, height: 40 });
    expect(await outboxOf(maru, "files.generate-thumbnail")).not.toContainEqual({ fileId: third.id });
    expect(await objectsOf(await hashOf(first.id))).toHaveLength(1 + VARIANTS.length);
  });
});

describe("who may read a file", () => {
  it("is its owner while it is attached to nothing", async () => {
    const { id } = await upload(maru, maru.actors.member, "a.txt", "mine alone");
    expect((await maru.as(maru.actors.member).files.getFile({ id })).name).toBe("a.txt");
    for (const actor of [maru.actors.other, maru.actors.admin]) {
      expect(await refusal(maru.as(actor).files.getFile({ id }))).toBe("files.fileNotFound");
      expect(await refusal(openFile(maru.contextFor(actor), { id }))).toBe("files.fileNotFound");
      expect(await refusal(maru.as(actor).files.deleteFile({ id }))).toBe("files.fileNotFound");
      expect(await listReadableFiles(maru.contextFor(actor), [id])).toEqual([]);
    }
    expect(await refusal(maru.as(null).files.getFile({ id }))).toBe("common.signInRequired");
    expect(await refusal(maru.as(maru.actors.member).files.getFile({ id: newId() }))).toBe("files.fileNotFound");
    expect(await refusal(maru.as(maru.actors.member).files.getFile({ id: "no-id" }))).toBe("common.invalidInput");
  });

  it("is whoever may read what it is attached to, and then no more the owner as such", async () => {
    const { member, other, guest } = maru.actors;
    const { id } = await upload(maru, member, "a.txt", "a photo of mine");
    await maru.contextFor(member).tx((tx) => attachFiles(tx, { fileIds: [id], ...photoOf(member.id) }));
    for (const actor of [member, other, guest]) expect((await maru.as(actor).files.getFile({ id })).id).toBe(id);
    const hidden = await upload(maru, member, "b.txt", "on an unknown record");
    await maru.contextFor(member).tx((tx) => attachFiles(tx, { fileIds: [hidden.id], subjectType: "nobody.knows", subjectId: newId() }));
    expect(await refusal(maru.as(member).files.getFile({ id: hidden.id }))).toBe("files.fileNotFound");
  });
});

describe("attachFiles", () => {
  it("takes own free files and those that are there already, or nothing", async () => {
    const { member, other } = maru.actors;
    const [own, there, foreign] = await Promise.all([
      upload(maru, member, "a.txt", "own"),
      upload(maru, member, "b.txt", "there"),
      upload(maru, other, "c.txt", "foreign"),
    ]);
    const subject = { subjectType: "test.subject", subjectId: newId() };
    const attach = (fileIds: string[], place = subject, actor = member) =>
      maru.contextFor(actor).tx((tx) => attachFiles(tx, { fileIds, ...place }));
    await attach([there.id, there.id]);
    expect(await refusal(attach([own.id, foreign.id]))).toBe("files.fileNotAttachable");
    expect(await refusal(attach([own.id, newId()]))).toBe("files.fileNotAttachable");
    expect((await maru.db.file.findUniqueOrThrow({ where: { id: own.id } })).subjectId).toBeNull();
    await attach([own.id, there.id]);
    // Another editor keeps what is there, and can't take it elsewhere.
    await attach([own.id], subject, other);
    expect(await refusal(attach([own.id], { ...subject, subjectId: newId() }))).toBe("files.fileNotAttachable");
    const views = (await listFilesOf(maru.contextFor(member), "test.subject", [subject.subjectId])).get(subject.subjectId);
    expect(views?.map(({ name }) => name).sort()).toEqual(["a.txt", "b.txt"]);
    await maru.contextFor(other).tx((tx) => detachFiles(tx, { ...subject, fileIds: [own.id] }));
    await attach([own.id], { ...subject, subjectId: newId() });
    await attach([]);
  });

  it("gives a file to one of two who want it at once", async () => {
    const { id } = await upload(maru, maru.actors.member, "a.txt", "wanted twice");
    const attach = () =>
      maru.contextFor(maru.actors.member).tx((tx) => attachFiles(tx, { fileIds: [id], subjectType: "test.subject", subjectId: newId() }));
    expect((await Promise.all([refusal(attach()), refusal(attach())])).sort()).toEqual(["done", "files.fileNotAttachable"]);
  });
});

describe("files.generate-thumbnail", () => {
  it("makes the pictures once, however often and wherever it runs", async () => {
    const { id } = await upload(maru, maru.actors.member, "a.png", await picture(100));
    await Promise.all([generateThumbnail(workerContext(maru), id), generateThumbnail(workerContext(maru), id)]);
    await generateThumbnail(workerContext(maru), id);
    const view = await maru.as(maru.actors.member).files.getFile({ id });
    expect(view).toMatchObject({ state: "READY", width: 100, height: 100, reason: null });
    expect(Object.keys(view.variants)).toEqual([...VARIANTS]);
    expect(view.variants["64"]).toBe(`/api/files/${id}/64?v=1-${(await hashOf(id)).slice(0, 8)}`);
    expect((await outboxOf(maru, "files.variants-made")).filter((payload) => (payload as { fileId: string }).fileId === id)).toHaveLength(
      1,
    );
    const opened = await openFile(maru.contextFor(maru.actors.member), { id, variant: "64" });
    expect(await sharp(await buffer(opened.read())).metadata()).toMatchObject({ format: "webp", width: 64 });
    expect(await maru.db.fileVariant.count({ where: { sha256: await hashOf(id) } })).toBe(VARIANTS.length);
  });

  it.each([
    ["crashedDecoder", "QUARANTINED", "files.imageHarmful"],
    ["tooMuchMemory", "UNSUPPORTED", "files.imageTooLarge"],
    ["formatMismatch", "QUARANTINED", "files.imageMismatch"],
    ["timedOut", "UNSUPPORTED", "files.imageTimedOut"],
    ["unreadable", "UNSUPPORTED", "files.imageUnreadable"],
  ] as const)("marks the file when the decoder says %s", async (fault, state, reason) => {
    const images: ImageMaker = { ...imagesInHere, make: async () => Promise.reject(imageErrors[fault]()) };
    const { id } = await upload(maru, maru.actors.member, "a.png", await picture());
    await generateThumbnail(workerContext(maru, images), id);
    const ctx = maru.contextFor(maru.actors.member);
    expect(await maru.as(maru.actors.member).files.getFile({ id })).toMatchObject({ state, reason, variants: {} });
    expect(await refusal(openFile(ctx, { id }))).toBe(state === "QUARANTINED" ? "files.fileQuarantined" : "done");
    expect(await refusal(openFile(ctx, { id, variant: "64" }))).toBe(
      state === "QUARANTINED" ? "files.fileQuarantined" : "files.variantNotFound",
    );
    const attach = ctx.tx((tx) => attachFiles(tx, { fileIds: [id], subjectType: "test.subject", subjectId: newId() }));
    expect(await refusal(attach)).toBe(state === "QUARANTINED" ? "files.fileNotAttachable" : "done");
  });

  it("leaves the file waiting when it was nobody's fault, and does nothing for a file that went away", async () => {
    const { id } = await upload(maru, maru.actors.member, "a.png", await picture());
    await expect(generateThumbnail(maru.contextFor(maru.actors.member), id)).rejects.toMatchObject({ code: "images.notHere" });
    expect((await maru.as(maru.actors.member).files.getFile({ id })).state).toBe("PENDING");
    await generateThumbnail(workerContext(maru), newId());
  });
});

describe("removal", () => {
  it("takes the objects with the last file of a content, not before", async () => {
    const bytes = await picture();
    const first = await upload(maru, maru.actors.member, "a.png", bytes);
    const second = await upload(maru, maru.actors.other, "b.png", bytes);
    await generateThumbnail(workerContext(maru), first.id);
    const sha256 = await hashOf(first.id);
    await maru.as(maru.actors.member).files.deleteFile({ id: first.id });
    await run("files.remove-objects", { sha256 });
    expect(await objectsOf(sha256)).toHaveLength(1 + VARIANTS.length);
    await deleteFile(maru.contextFor(maru.actors.other), { id: second.id });
    expect(await outboxOf(maru, "files.remove-objects")).toContainEqual({ sha256 });
    await run("files.remove-objects", { sha256 });
    await run("files.remove-objects", { sha256 });
    expect(await objectsOf(sha256)).toEqual([]);
    expect(await maru.db.fileVariant.count({ where: { sha256 } })).toBe(0);
    const again = await upload(maru, maru.actors.member, "c.png", bytes);
    await generateThumbnail(workerContext(maru), again.id);
    expect(await objectsOf(sha256)).toHaveLength(1 + VARIANTS.length);
  });

  it("loses nothing when equal contents come and go at once", async () => {
    const bytes = await picture();
    const rounds = Array.from({ length: 12 }, async (_, index) => {
      const { id } = await upload(maru, maru.actors.member, "a.png", bytes);
      if (index % 3 === 0) return id;
      const sha256 = await hashOf(id);
      await deleteFile(maru.contextFor(maru.actors.member), { id });
      await run("files.remove-objects", { sha256 });
      return null;
    });
    const kept = (await Promise.all(rounds)).filter((id) => id !== null);
    expect(kept).toHaveLength(4);
    for (const id of kept) {
      const opened = await openFile(maru.contextFor(maru.actors.member), { id });
      expect(Buffer.compare(await buffer(opened.read()), bytes)).toBe(0);
    }
  });

  it("is not for a file that is attached", async () => {
    const { id } = await upload(maru, maru.actors.member, "a.txt", "attached");
    await maru.contextFor(maru.actors.member).tx((tx) => attachFiles(tx, { fileIds: [id], ...photoOf(maru.actors.member.id) }));
    expect(await refusal(maru.as(maru.actors.member).files.deleteFile({ id }))).toBe("files.fileAttached");
    expect(await refusal(maru.as(maru.actors.other).files.deleteFile({ id }))).toBe("files.fileAttached");
  });

  it("comes by itself to what was attached to nothing for a day", async () => {
    const old = await upload(maru, maru.actors.member, "old.txt", "forgotten");
    const young = await upload(maru, maru.actors.member, "young.txt", "just now");
    const attached = await upload(maru, maru.actors.member, "attached.txt", "kept");
    // What an unfinished draft names is kept beyond the day, until the draft itself is given up.
    const drafted = await upload(maru, maru.actors.member, "drafted.txt", "still being written about");
    const { id: boardId } = await createBoard(maru.db, {});
    await maru.as(maru.actors.member).board.saveDraft({ boardId, title: "쓰는 중", body: paragraphs("아직"), attachmentIds: [drafted.id] });
    await maru.contextFor(maru.actors.member).tx((tx) => attachFiles(tx, { fileIds: [attached.id], ...photoOf(maru.actors.member.id) }));
    const sha256 = await hashOf(old.id);
    await maru.db.file.updateMany({
      where: { id: { in: [old.id, attached.id, drafted.id] } },
      data: { updatedAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    await run("files.remove-orphans", {});
    const left = await maru.db.file.findMany({
      where: { id: { in: [old.id, young.id, attached.id, drafted.id] } },
      select: { name: true },
    });
    expect(left.map(({ name }) => name).sort()).toEqual(["attached.txt", "drafted.txt", "young.txt"]);
    await maru.as(maru.actors.member).board.discardDraft({ boardId });
    await maru.db.file.update({ where: { id: drafted.id }, data: { updatedAt: new Date(Date.now() - 25 * 3_600_000) } });
    await run("files.remove-orphans", {});
    expect(await maru.db.file.count({ where: { id: drafted.id } })).toBe(0);
    expect(await outboxOf(maru, "files.remove-objects")).toContainEqual({ sha256 });
  });

  it("comes to the original that a dying process moved to its place without committing a row, after a day", async () => {
    const named = await upload(maru, maru.actors.member, "named.txt", "a row names it");
    const namedHash = await hashOf(named.id);
    // What the process leaves: the content in its place, and no row.
    const leave = async (content: string, ageHours: number): Promise<string> => {
      const { storage } = maru.maru.tools;
      const quarantined = `quarantine/${newId()}`;
      const { sha256 } = await storage.write(quarantined, Buffer.from(content));
      const key = originalKey(sha256);
      await storage.move(quarantined, key);
      await storage.write(variantKey(sha256, PIPELINE, "64"), Buffer.from("a picture without a row"));
      const at = new Date(Date.now() - ageHours * 3_600_000);
      await utimes(join(maru.dataDir, "files", key), at, at);
      return sha256;
    };
    // More than are looked up at once.
    const old = await Promise.all(Array.from({ length: 503 }, (_, index) => leave(`left ${index}`, 25)));
    const young = await leave("perhaps about to be committed", 23);
    await leave("a row names it", 25);
    await run("files.remove-unreferenced", {});
    const left = await objects();
    expect(old.filter((sha256) => left.some((path) => path.includes(sha256)))).toEqual([]);
    expect([await objectsOf(young), await objectsOf(namedHash)].map(({ length }) => length)).toEqual([2, 2]);
  });
});
