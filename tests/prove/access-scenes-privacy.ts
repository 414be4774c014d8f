import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { HIDDEN, INTACT, type Scenes } from "./access-scenes";

const texts = (title: string) => ({ title, titleEn: "Title", body: "본문", bodyEn: "Text" });

/** Exports, consents and the texts that people agree to. Each row has versions of its own: what stands before a person is the newest. */
export const privacyScenes = ({ db, actors }: TestDoor): Scenes => {
  const newestVersion = async (kind: "TERMS" | "NEWS"): Promise<number> =>
    (await db.privacyDocument.findFirst({ where: { kind }, orderBy: { version: "desc" } }))?.version ?? 0;
  const publish = async (kind: "TERMS" | "NEWS", title: string = newId()): Promise<string> => {
    const facts = { kind, version: (await newestVersion(kind)) + 1, isRequired: kind === "TERMS", publishedAt: new Date() };
    return (await db.privacyDocument.create({ data: { id: newId(), ...facts, ...texts(title) } })).id;
  };
  const agree = (personId: string, documentId: string) =>
    db.consent.create({ data: { id: newId(), personId, documentId, givenAt: new Date() } });
  /** What somebody else has agreed to: it still holds afterwards. */
  const besideConsent = async (documentId: string, ownId: string) => {
    const personId = actors.other.id === ownId ? actors.moderator.id : actors.other.id;
    const { id } = await agree(personId, documentId);
    return { [INTACT]: async () => (await db.consent.count({ where: { id, withdrawnAt: null } })) === 1 };
  };
  const exportOf = async (personId: string): Promise<string> => {
    await db.personExport.deleteMany({ where: { personId } });
    const [fileId, now] = [newId(), new Date()];
    const made = { state: "READY", fileId, finishedAt: now, expiresAt: new Date(now.getTime() + 60_000) } as const;
    await db.personExport.create({ data: { id: newId(), personId, requestedAt: now, movedAt: now, ...made } });
    return fileId;
  };
  return {
    "privacy.getExport": async (record, actor) => {
      const hidden = actor.id === actors.other.id ? [] : [await exportOf(actors.other.id)];
      if (record === "own") await exportOf(actor.id);
      return { [HIDDEN]: hidden };
    },
    "privacy.requestExport": async (_record, actor) => {
      await db.personExport.deleteMany({ where: { personId: actor.id } });
      const [personId, now, longAgo] = [(await createPerson(db)).id, new Date(), new Date("2001-02-03T04:05:06.007Z")];
      const pending = { state: "PENDING", movedAt: now, requestedAt: now } as const;
      await db.personExport.createMany({ data: [personId, actor.id].map((id) => ({ id: newId(), personId: id, ...pending })) });
      await db.personExport.updateMany({ where: { personId: { not: actor.id }, state: "PENDING" }, data: { requestedAt: longAgo } });
      return { [HIDDEN]: [longAgo.toISOString()] };
    },
    "privacy.listConsents": async (_record, actor) => {
      const title = `남의 동의 ${newId()}`;
      const documentId = await publish("NEWS", title);
      const { [INTACT]: intact } = await besideConsent(documentId, actor.id);
      // What it was that somebody else agreed to is not on the page any more, and so nowhere.
      await publish("NEWS");
      return { [HIDDEN]: [title], [INTACT]: intact };
    },
    "privacy.giveConsents": async (record, actor) => {
      if (record === "missing") return { documentIds: [newId()] };
      const id = await publish("TERMS");
      const beside = await besideConsent(id, actor.id);
      if (record === "replaced") await publish("TERMS");
      return { documentIds: [id], ...beside };
    },
    "privacy.withdrawConsent": async (record, actor) => {
      if (record === "missing") return { id: newId() };
      const id = await publish(record === "required" ? "TERMS" : "NEWS");
      if (record !== "others") await agree(actor.id, id);
      return { id, ...(await besideConsent(id, actor.id)) };
    },
    "privacy.listDocuments": async () => ({}),
    "privacy.publishDocument": async (record) => {
      const baseVersion = (await newestVersion("NEWS")) + (record === "replaced" ? 1 : 0);
      return { kind: "NEWS", baseVersion, isRequired: false, ...texts("새 버전") };
    },
    "privacy.listErasures": async () => ({}),
  };
};
