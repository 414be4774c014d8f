import { Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Actor } from "@maru/db/context";
import { createFile } from "@maru/db/testing/factories/file";
import { useDirectory } from "@maru/platform/ldap/testing/directory";
import { createLog } from "@maru/platform/log";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baseDn, dnOfPerson, ldifEntry, unitDn } from "../../../../../scripts/stack/directory-organisation.mjs";
import { personalData } from "../../modules";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { openFile } from "../files/service";
import type { RunView } from "./contract";
import { readDirectory } from "./service/read-directory";
import { drawBomb, drawPortrait, drawRubbish, withImages } from "./testing/photos";
import { linesOf, runAgain, runSync, workerContext } from "./testing/runs";

const KINDS = {
  ad: { kind: "AD", photo: "thumbnailPhoto", username: "sAMAccountName", filter: "(&(objectClass=user)(employeeID=*))" },
  openldap: { kind: "OPENLDAP", photo: "jpegPhoto", username: "uid", filter: "(objectClass=inetOrgPerson)" },
} as const;
const [HONG, OH, SEO, KWON] = ["hong.gildong", "oh.plus", "seo.hash", "kwon.slash"] as const;

describe.each(["ad", "openldap"] as const)("photos from a directory (%s)", (server) => {
  const directory = useDirectory(server);
  const { kind, photo, username, filter } = KINDS[server];
  const said: string[] = [];
  let test: TestMaru;
  let sourceId: string;
  beforeAll(async () => {
    const write = (line: Buffer, _encoding: string, done: () => void): void => {
      said.push(String(line));
      done();
    };
    const destination = new Writable({ write });
    test = withImages(await createTestMaru({ log: createLog({ service: "test", level: "debug", destination }) }));
  });
  afterAll(() => test.stop());

  const admin = () => test.as(test.actors.admin).sync;
  const settings = () => {
    const { url, startTls, ca, bindDn, password } = directory().settings;
    const attributes = { username, name: "displayName", photo };
    const base = unitDn("본사/연구개발본부/플랫폼팀");
    return { kind, url, startTls, ca, bindDn, password, baseDn: base, filter, mapping: { attributes } };
  };
  const run = (options: Parameters<typeof runSync>[3] = {}) => runSync(test, sourceId, readDirectory, options);
  const changes = () => run({ isFull: false });
  const put = (who: string, bytes: Buffer | null) =>
    directory().change(ldifEntry(dnOfPerson(who), { changetype: "modify", replace: photo, ...(bytes === null ? {} : { [photo]: bytes }) }));
  const personOf = async (who: string) => {
    const { personId } = await test.db.account.findUniqueOrThrow({ where: { username: who } });
    return test.db.person.findUniqueOrThrow({ where: { id: personId } });
  };
  const fileOf = async (who: string) => {
    const { photoFileId } = await personOf(who);
    return photoFileId === null ? null : test.db.file.findUniqueOrThrow({ where: { id: photoFileId } });
  };
  const actorOf = async (who: string): Promise<Actor> => {
    const { id } = await personOf(who);
    return { ...test.actors.member, id, accountId: null, sessionId: crypto.randomUUID() };
  };
  const photosOf = async ({ id }: RunView) => {
    const items = await test.db.syncRunItem.findMany({ where: { runId: id, target: "PHOTO" }, orderBy: { seq: "asc" } });
    return items.map(({ label, status, error }) => [label, status, ...(error ? [error] : [])].join(" ")).sort();
  };
  const written = async () => ({
    files: await test.db.file.findMany({ orderBy: { id: "asc" } }),
    audited: await test.db.auditEntry.count({ where: { action: { not: { startsWith: "sync." } } } }),
    links: await test.db.syncLink.findMany({ orderBy: { externalId: "asc" } }),
  });

  it("are off until an attribute is named, and are told of in the samples without being shown", async () => {
    const red = await drawPortrait("#aa0000");
    await put(HONG, red);
    await put(OH, await drawPortrait("#00aa00"));
    const tried = settings();
    const without = await admin().testSource({ ...tried, mapping: { attributes: { username, name: "displayName" } } });
    expect(without.samples.some(({ fields }) => "photo" in fields)).toBe(false);
    const view = await admin().testSource(tried);
    const photoOf = (who: string) => view.samples.find(({ fields }) => fields.username === who)?.fields.photo;
    expect([photoOf(HONG), photoOf(SEO)]).toEqual(["image/jpeg, 1 KB", null]);
    expect(view.stages.at(-1)?.facts).toMatchObject({ count: 6, "missing.photo": 4 });
    sourceId = (await admin().saveSource({ ...tried, name: "본사" })).id;
  });

  it("are counted by a preview, which stores nothing", async () => {
    const before = await written();
    const preview = await run({ isDryRun: true });
    expect(preview.counts).toMatchObject({ "PERSON.CREATE": 6, "PHOTO.UPDATE": 2 });
    expect(await photosOf(preview)).toEqual(["오하나 PLANNED", "홍길동 PLANNED"]);
    expect(await written()).toEqual(before);
  });

  it("come with the people, made anew and without what the camera said", async () => {
    const done = await run();
    expect([done.state, done.phases.find(({ name }) => name === "photos")?.count]).toEqual(["DONE", 2]);
    expect(await photosOf(done)).toEqual(["오하나 APPLIED", "홍길동 APPLIED"]);
    const { id, photoSourceId } = await personOf(HONG);
    const file = await fileOf(HONG);
    expect(file).toMatchObject({ state: "READY", mediaType: "image/webp", ownerId: id, subjectId: id, width: 96, pipeline: 1 });
    expect([photoSourceId, (await fileOf(SEO))?.id]).toEqual([sourceId, undefined]);
    expect(await test.db.fileVariant.count({ where: { sha256: file?.sha256 } })).toBe(4);
    for (const variant of [undefined, "64", "256"] as const) {
      const opened = await openFile(test.contextFor(test.actors.other), { id: file?.id ?? "", variant });
      const picture = sharp(await buffer(opened.read()));
      expect([(await picture.metadata()).exif, (await picture.stats()).dominant.r > 150]).toEqual([undefined, true]);
    }
    expect((await test.as(test.actors.other).directory.getPerson({ id })).photoUrl).toBe(`/api/files/${file?.id}/256`);
  });

  it("that are the same write nothing, in a full reading or in one of changes", async () => {
    const before = await written();
    for (const again of [await run(), await changes()]) expect([again.state, again.counts]).toEqual(["DONE", {}]);
    expect(await written()).toEqual(before);
  });

  it("that are others take the place of the ones before, and only those", async () => {
    const [before, other] = [await fileOf(HONG), await fileOf(OH)];
    await put(HONG, await drawPortrait("#0000aa"));
    const done = await changes();
    expect(done.counts).toEqual({ "PHOTO.UPDATE": 1 });
    const item = await test.db.syncRunItem.findFirstOrThrow({ where: { runId: done.id } });
    const hash = { photo: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(item).toMatchObject({ target: "PHOTO", status: "APPLIED", before: hash, after: hash });
    expect(await test.db.file.count({ where: { id: before?.id } })).toBe(0);
    expect((await fileOf(HONG))?.id).not.toBe(before?.id);
    expect((await fileOf(OH))?.id).toBe(other?.id);
  });

  it("leave one of her own alone; without it she is given the directory's again", async () => {
    const actor = await actorOf(HONG);
    const own = await createFile(test.db, { ownerId: actor.id, state: "READY", pipeline: 1, width: 10, height: 10 });
    await test.as(actor).files.setOwnPhoto({ fileId: own.id });
    await put(HONG, await drawPortrait("#aaaa00"));
    expect(await photosOf(await changes())).toEqual([]);
    await put(HONG, null);
    expect(await photosOf(await run())).toEqual([]);
    expect((await fileOf(HONG))?.id).toBe(own.id);
    await put(HONG, await drawPortrait("#00aaaa"));
    await test.as(actor).files.setOwnPhoto({ fileId: null });
    expect(await photosOf(await run())).toEqual(["홍길동 APPLIED"]);
  });

  it("stay away once she has taken the directory's away, until it has another one", async () => {
    const actor = await actorOf(HONG);
    await test.as(actor).files.setOwnPhoto({ fileId: null });
    expect([await photosOf(await run()), await fileOf(HONG)]).toEqual([[], null]);
    await put(HONG, await drawPortrait("#00aa00"));
    expect(await photosOf(await run())).toEqual(["홍길동 APPLIED"]);
  });

  it("go when they are removed from the directory", async () => {
    const before = await fileOf(OH);
    await put(OH, null);
    expect(await photosOf(await changes())).toEqual(["오하나 APPLIED"]);
    expect([await fileOf(OH), await test.db.file.count({ where: { id: before?.id } })]).toEqual([null, 0]);
    expect(await photosOf(await run())).toEqual([]);
  });

  it("that are none are one failed item each, and nobody else's is lost", async () => {
    await put(HONG, drawRubbish());
    await put(OH, await drawBomb());
    await put(SEO, await drawPortrait("#aa00aa"));
    // A domain controller takes no photo above 100 KB, and OpenLDAP none that does not begin like a JPEG.
    await put(KWON, server === "ad" ? Buffer.from("<svg onload=alert(1)>") : drawRubbish(3 * 1024 * 1024));
    const standing = await fileOf(HONG);
    const done = await run();
    const why = server === "ad" ? "photoNotPicture" : "photoTooLarge";
    expect([done.state, await photosOf(done)]).toEqual([
      "DONE",
      [`권역슬 FAILED ${why}`, "서해시 APPLIED", "오하나 FAILED photoTooLarge", "홍길동 FAILED photoUnreadable"],
    ]);
    expect((await fileOf(HONG))?.id).toBe(standing?.id);
  });

  it("wait with everything else for approval, and are read again when somebody has approved", async () => {
    await put(KWON, await drawPortrait("#123456"));
    await test.db.syncSource.update({ where: { id: sourceId }, data: { seenScope: "another one" } });
    const held = await run();
    expect(held).toMatchObject({ state: "WAITING_APPROVAL", heldCount: 3 });
    await put(HONG, await drawPortrait("#654321"));
    await admin().approveRun({ id: held.id, count: 3 });
    const done = await runAgain(test, held.id, readDirectory);
    expect([done.state, await photosOf(done)]).toEqual([
      "DONE",
      ["권역슬 APPLIED", "오하나 FAILED photoTooLarge", "홍길동 SKIPPED photoChanged"],
    ]);
    expect(await photosOf(await changes())).toContain("홍길동 APPLIED");
  });

  it("go on after a crash at the next one, and none comes twice", async () => {
    for (const [at, who] of [HONG, SEO, KWON].entries()) await put(who, await drawPortrait(`#${at}${at}${at}${at}99`));
    await put(OH, null);
    let made = 0;
    const dying: TestMaru = {
      ...test,
      contextFor: (...args) => {
        const ctx = test.contextFor(...args);
        const make: typeof ctx.tools.images.make = (...asked) =>
          ++made > 1 ? Promise.reject(new Error("the worker was killed")) : ctx.tools.images.make(...asked);
        return { ...ctx, tools: { ...ctx.tools, images: { ...ctx.tools.images, make } } };
      },
    };
    await expect(runSync(dying, sourceId, readDirectory)).rejects.toThrow("the worker was killed");
    const { id } = await test.db.syncRun.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect((await linesOf(test, id)).filter((line) => line.includes("APPLIED"))).toHaveLength(1);
    const done = await runAgain(test, id, readDirectory);
    expect([done.state, await photosOf(done)]).toEqual(["DONE", ["권역슬 APPLIED", "서해시 APPLIED", "홍길동 APPLIED"]]);
    expect(await test.db.file.count({ where: { subjectType: "directory.person" } })).toBe(3);
  });

  it("are told to whom they show, and go with her", async () => {
    const { id: personId } = await personOf(SEO);
    const whom = { personId, accountId: null } as unknown as Parameters<(typeof personalData)[number]["erasePerson"]>[1];
    const files = personalData.find(({ module }) => module === "files");
    const told: string[] = [];
    for await (const { name } of files?.exportPerson(workerContext(test), whom) ?? []) told.push(name);
    expect(told).toContain(`files/${(await fileOf(SEO))?.id}/photo.webp`);
    for (const part of personalData.filter(({ module }) => module === "files" || module === "directory"))
      await workerContext(test).tx((tx) => part.erasePerson(tx, whom, 100));
    expect(await test.db.file.count({ where: { subjectId: personId } })).toBe(0);
    expect(await test.db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({ photoFileId: null, photoSourceId: null });
  });

  it("stand in no log, no item and no record", async () => {
    const bytes = await drawPortrait("#333399");
    const told = JSON.stringify([said, await test.db.syncRunItem.findMany(), await test.db.auditEntry.findMany()], (_key, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const encoding of ["base64", "hex", "latin1"] as const) expect(told).not.toContain(bytes.subarray(0, 60).toString(encoding));
    expect([told.includes("JFIF"), told.includes("SecretPhone"), baseDn.length > 0]).toEqual([false, false, true]);
  });
});
