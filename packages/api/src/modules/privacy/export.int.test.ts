import { buffer } from "node:stream/consumers";
import { unzipped } from "@maru/platform/archive/unzipped";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { openFile } from "../files/service";
import { EXPORT_KEPT_MS } from "./contract";
import { endOldExports } from "./service/exports";
import { makeExport } from "./service/make-export";
import { leaveTraces, marksOf, workerContext } from "./testing/traces";

let test: TestMaru;
let now = new Date();
beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
});
afterAll(() => test.stop());

const never = new AbortController().signal;
type Person = Awaited<ReturnType<typeof leaveTraces>>;
const privacyOf = ({ actor }: Person) => test.as(actor).privacy;
const lastIdOf = async ({ actor }: Person) =>
  (await test.db.personExport.findFirstOrThrow({ where: { personId: actor.id }, orderBy: { requestedAt: "desc" } })).id;
/** Asks for an export and does what the worker would. */
const exported = async (person: Person) => {
  await privacyOf(person).requestExport({});
  await makeExport(workerContext(test), { exportId: await lastIdOf(person) }, never);
  return privacyOf(person).getExport();
};
const entriesOf = async (person: Person, fileId: string | null) => {
  const opened = await openFile(test.contextFor(person.actor), { id: fileId ?? "" });
  return { opened, entries: unzipped(await buffer(opened.read())) };
};

describe("an export", () => {
  it("holds what every module knows of her, her files as they were, and no secret", async () => {
    const marks = marksOf("보람하나");
    const person = await leaveTraces(test, marks);
    const stranger = await leaveTraces(test, marksOf("보람둘"));
    expect(await privacyOf(person).getExport()).toMatchObject({ state: "NONE", fileId: null });
    const parts = test.maru.tools.personalData.length;
    const view = await exported(person);
    expect(view).toMatchObject({ state: "READY", partsDone: parts, partCount: parts, fileId: expect.any(String) });
    const { opened, entries } = await entriesOf(person, view.fileId);
    expect(opened).toMatchObject({ mediaType: "application/zip", sizeBytes: view.sizeBytes, isShown: false });
    expect([...entries.keys()].map((name) => name.replace(/^files\/[0-9a-f-]{36}\//, "files/<id>/")).sort()).toEqual(ENTRIES);

    const rows = (name: string) => JSON.parse(entries.get(`${name}.json`)?.toString() ?? "") as Record<string, unknown>[];
    expect(rows("board/posts")).toMatchObject([{ id: person.postId, title: "남긴 글" }]);
    expect(rows("directory/person")).toMatchObject([{ name: marks.name, email: marks.mail, mobile: marks.mobile }]);
    expect(rows("identity/tokens")).toMatchObject([{ name: "백업" }]);
    expect(rows("notification/notifications")).toHaveLength(1);
    expect(rows("audit/by-you").map(({ action }) => action)).toContain("files.file.upload");
    const original = [...entries].find(([name]) => name.endsWith("이력서.txt"));
    expect(original?.[1].toString()).toBe(`${marks.name}의 이력서`);

    const text = [...entries.values()].map(String).join("\n");
    for (const word of ["passwordHash", "tokenHash", "secretHash", "codeHash", '"seed"', "sealed", "보람둘", stranger.actor.id])
      expect(text.includes(word), word).toBe(false);
  });

  it("is made once at a time, and the next one takes the place of the last", async () => {
    const person = await leaveTraces(test, marksOf("사랑하나"));
    const asked = await Promise.all([1, 2, 3].map(() => privacyOf(person).requestExport({})));
    expect(new Set(asked.map(({ requestedAt, state }) => `${state} ${requestedAt}`)).size).toBe(1);
    expect(await test.db.personExport.count({ where: { personId: person.actor.id } })).toBe(1);
    expect(await test.db.auditEntry.count({ where: { action: "privacy.export.request", actorId: person.actor.id } })).toBe(1);
    const first = await exported(person);
    // The worker's second delivery changes nothing.
    await makeExport(workerContext(test), { exportId: await lastIdOf(person) }, never);
    expect(await privacyOf(person).getExport()).toEqual(first);
    now = new Date(now.getTime() + 1_000);
    const second = await exported(person);
    expect(second.fileId).not.toBe(first.fileId);
    expect(await refusal(openFile(test.contextFor(person.actor), { id: first.fileId ?? "" }))).toBe("files.fileNotFound");
    expect(await test.db.outbox.count({ where: { name: "privacy.export-ready" } })).toBeGreaterThanOrEqual(2);
  });

  it("is hers alone: nobody else opens the file, whatever her role, and no token of a script", async () => {
    const person = await leaveTraces(test, marksOf("아름하나"));
    const { fileId } = await exported(person);
    const { admin, other, member } = test.actors;
    const token = { ...person.actor, tokenId: newId(), permissions: new Set(["files.upload", "board.read"]) };
    for (const actor of [admin, other, member, token])
      expect(await refusal(openFile(test.contextFor(actor), { id: fileId ?? "" }))).toBe("files.fileNotFound");
    expect(await refusal(test.as(token).privacy.getExport())).toBe("common.forbidden");
    expect(await refusal(test.as(null).privacy.requestExport({}))).toBe("common.signInRequired");
    // Whoever finds her page open has not given her password.
    const session = await test.db.session.findFirstOrThrow({ where: { accountId: person.accountId } });
    const unproved = { ...person.actor, sessionId: session.id };
    expect(await refusal(test.as(unproved).privacy.requestExport({}))).toBe("identity.passwordNeeded");
  });

  it("is kept for seven days", async () => {
    const person = await leaveTraces(test, marksOf("자람하나"));
    const { fileId, expiresAt } = await exported(person);
    expect(new Date(expiresAt ?? "").getTime() - now.getTime()).toBe(EXPORT_KEPT_MS);
    const file = await test.db.file.findUniqueOrThrow({ where: { id: fileId ?? "" } });
    now = new Date(now.getTime() + EXPORT_KEPT_MS - 1_000);
    await endOldExports(workerContext(test));
    expect((await privacyOf(person).getExport()).state).toBe("READY");
    now = new Date(now.getTime() + 2_000);
    // Nobody gets it any more, although its bytes are still there.
    expect(await refusal(openFile(test.contextFor(person.actor), { id: fileId ?? "" }))).toBe("files.fileNotFound");
    await endOldExports(workerContext(test));
    expect(await privacyOf(person).getExport()).toMatchObject({ state: "EXPIRED", fileId: null });
    expect(await test.db.file.count({ where: { id: fileId ?? "" } })).toBe(0);
    const removed = await test.db.outbox.findMany({ where: { name: "files.remove-objects" }, select: { payload: true } });
    expect(removed.map(({ payload }) => payload)).toContainEqual({ sha256: file.sha256 });
  });

  it("begins anew after a worker that was killed, and is given up when it stands still", async () => {
    const person = await leaveTraces(test, marksOf("차람하나"));
    await privacyOf(person).requestExport({});
    const exportId = await lastIdOf(person);
    const stopped = new AbortController();
    const ctx = workerContext(test);
    const stopping = ctx.tools.personalData.map((part) =>
      part.module === "files" ? { ...part, exportPerson: () => stopped.abort(new Error("the worker stops")) as never } : part,
    );
    const broken = { ...ctx, tools: { ...ctx.tools, personalData: stopping } };
    await expect(makeExport(broken, { exportId }, stopped.signal)).rejects.toThrow();
    const view = await privacyOf(person).getExport();
    expect(view).toMatchObject({ state: "PENDING", partsDone: 5 });
    await makeExport(ctx, { exportId }, never);
    expect((await privacyOf(person).getExport()).state).toBe("READY");

    now = new Date(now.getTime() + 1_000);
    await privacyOf(person).requestExport({});
    now = new Date(now.getTime() + 4 * 3_600_000);
    await endOldExports(workerContext(test));
    expect(await privacyOf(person).getExport()).toMatchObject({ state: "FAILED", fileId: null });
    await expect(makeExport(ctx, { exportId: await lastIdOf(person) }, never)).resolves.toBeUndefined();
    expect((await privacyOf(person).requestExport({})).state).toBe("PENDING");
  });
});

const ENTRIES = [
  "README.txt",
  "audit/about-you.json",
  "audit/by-you.json",
  "board/comments.json",
  "board/drafts.json",
  "board/likes.json",
  "board/posts.json",
  "board/reads.json",
  "directory/absences.json",
  "directory/favourites.json",
  "directory/person.json",
  "directory/recent.json",
  "directory/transitions.json",
  "factor/second-factors.json",
  "federation/identities.json",
  "files/<id>/남궁보람하나 이력서.txt",
  "files/files.json",
  "identity/account.json",
  "identity/links.json",
  "identity/sessions.json",
  "identity/tokens.json",
  "mail/mailbox.json",
  "notification/notifications.json",
  "privacy/consents.json",
  "privacy/exports.json",
  "sync/changes.json",
  "sync/links.json",
];
