import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { MAIL_KEPT_MS } from "./contract";
import { purgeMailbox } from "./service";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

const keep = (createdAt = new Date()) =>
  test.db.mailMessage.create({
    data: {
      id: newId(),
      mailId: newId(),
      recipient: "hong@maru.example",
      subject: "제목",
      text: "https://maru.example/#token=abc",
      createdAt,
    },
  });
const admin = () => test.as(test.actors.admin).mail;

describe("the mailbox", () => {
  it("lists mails, the newest first and a page at a time, without what they say", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.unshift((await keep()).id);
    const first = await admin().listMessages({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(JSON.stringify(first)).not.toContain("#token=");
    const second = await admin().listMessages({ limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
  });

  it("opens one, and puts that on the record without its text", async () => {
    const { id } = await keep();
    expect(await admin().openMessage({ id })).toMatchObject({
      id,
      recipient: "hong@maru.example",
      text: expect.stringContaining("#token=abc"),
    });
    const entry = await test.db.auditEntry.findFirstOrThrow({ where: { action: "mail.message.open", subjectId: id } });
    expect(JSON.stringify(entry.details)).not.toContain("token");
    expect(await refusal(admin().openMessage({ id: newId() }))).toBe("mail.messageNotFound");
  });

  it.each(["member", "departmentAdmin", "moderator", "guest"] as const)("is closed to a %s", async (name) => {
    const { id } = await keep();
    expect(await refusal(test.as(test.actors[name]).mail.listMessages({}))).toBe("common.forbidden");
    expect(await refusal(test.as(test.actors[name]).mail.openMessage({ id }))).toBe("common.forbidden");
  });

  it("keeps a mail for a week", async () => {
    const [old, young] = [
      await keep(new Date(Date.now() - MAIL_KEPT_MS - 1_000)),
      await keep(new Date(Date.now() - MAIL_KEPT_MS + 60_000)),
    ];
    await purgeMailbox(test.contextFor(test.actors.admin));
    const left = (await test.db.mailMessage.findMany()).map(({ id }) => id);
    expect(left).toContain(young.id);
    expect(left).not.toContain(old.id);
  });
});
