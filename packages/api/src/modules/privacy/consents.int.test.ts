import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import type { DocumentKind } from "./contract";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

const admin = () => test.as(test.actors.admin).privacy;
const member = () => test.as(test.actors.member).privacy;
const text = { title: "제목", titleEn: "Title", body: "내용", bodyEn: "Text" };
const publish = (kind: DocumentKind, baseVersion: number, isRequired = kind !== "NEWS") =>
  admin().publishDocument({ kind, baseVersion, isRequired, ...text });
const standing = async (kind: DocumentKind) => (await member().listConsents()).documents.find((one) => one.kind === kind);

describe("consents", () => {
  it("are asked for anew with each version, and the former one stays on the record", async () => {
    const first = await publish("TERMS", 0);
    expect(await standing("TERMS")).toMatchObject({ id: first.id, version: 1, isRequired: true, givenAt: null });
    await member().giveConsents({ documentIds: [first.id] });
    await member().giveConsents({ documentIds: [first.id] });
    expect((await standing("TERMS"))?.givenAt).not.toBeNull();
    expect(await test.db.auditEntry.count({ where: { action: "privacy.consent.give", subjectId: first.id } })).toBe(1);

    const second = await publish("TERMS", 1);
    expect(await standing("TERMS")).toMatchObject({ id: second.id, version: 2, givenAt: null });
    expect((await member().listConsents()).history).toMatchObject([{ kind: "TERMS", version: 1, withdrawnAt: null }]);
    // She agreed to what she had read, not to what took its place meanwhile.
    expect(await refusal(member().giveConsents({ documentIds: [first.id] }))).toBe("privacy.documentReplaced");
    expect(await refusal(member().giveConsents({ documentIds: [newId()] }))).toBe("privacy.documentNotFound");
    await member().giveConsents({ documentIds: [second.id] });
    expect((await admin().listDocuments()).filter(({ kind }) => kind === "TERMS")).toMatchObject([
      { version: 2, consentCount: 1 },
      { version: 1, consentCount: 1 },
    ]);
  });

  it("are taken back where they are optional, and can be given again", async () => {
    const [required, optional] = [await publish("PRIVACY", 0), await publish("NEWS", 0)];
    await member().giveConsents({ documentIds: [required.id, optional.id] });
    expect(await refusal(member().withdrawConsent({ id: required.id }))).toBe("privacy.consentRequired");
    expect(await refusal(member().withdrawConsent({ id: newId() }))).toBe("privacy.documentNotFound");
    await member().withdrawConsent({ id: optional.id });
    expect(await refusal(member().withdrawConsent({ id: optional.id }))).toBe("privacy.consentNotFound");
    expect((await standing("NEWS"))?.givenAt).toBeNull();
    await member().giveConsents({ documentIds: [optional.id] });
    const history = (await member().listConsents()).history.filter(({ kind }) => kind === "NEWS");
    expect(history.map(({ withdrawnAt }) => withdrawnAt !== null).sort()).toEqual([false, true]);
    expect(await test.db.auditEntry.count({ where: { action: "privacy.consent.withdraw", subjectId: optional.id } })).toBe(1);
  });

  it("are one person's own", async () => {
    const { documents, history } = await test.as(test.actors.other).privacy.listConsents();
    expect(documents.every(({ givenAt }) => givenAt === null)).toBe(true);
    expect(history).toEqual([]);
  });
});

describe("publishing", () => {
  it("of two at once lets one through, and tells the other that the page was old", async () => {
    const base = (await standing("NEWS"))?.version ?? 0;
    const answers = await Promise.all([1, 2].map(() => refusal(publish("NEWS", base))));
    expect(answers.sort()).toEqual(["done", "privacy.documentReplaced"]);
  });

  it("is for administrators, and takes no empty text", async () => {
    for (const name of ["member", "moderator", "departmentAdmin", "guest"] as const) {
      const privacy = test.as(test.actors[name]).privacy;
      expect(await refusal(privacy.listDocuments())).toBe("common.forbidden");
      expect(await refusal(privacy.publishDocument({ kind: "NEWS", baseVersion: 0, isRequired: false, ...text }))).toBe("common.forbidden");
      expect(await refusal(privacy.listErasures({}))).toBe("common.forbidden");
    }
    expect(await refusal(admin().publishDocument({ kind: "NEWS", baseVersion: 9, isRequired: false, ...text, body: " " }))).toBe(
      "common.invalidInput",
    );
    const entry = await test.db.auditEntry.findFirstOrThrow({ where: { action: "privacy.document.publish" } });
    expect(entry.actorId).toBe(test.actors.admin.id);
  });
});
