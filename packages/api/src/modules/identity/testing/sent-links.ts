import { randomUUID } from "node:crypto";
import { type Actor, SYSTEM_ACTOR_ID } from "@maru/db/context";
import type { TestMaru } from "../../../testing/testing";
import { sendLink } from "../service/send-link";

const SYSTEM: Actor = {
  id: SYSTEM_ACTOR_ID,
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

/** Does what the worker would: every mail that was asked for until now, as often as `times` says. */
export const sendAskedLinks = async ({ db, contextFor }: TestMaru, times = 1): Promise<number> => {
  const asked = await db.outbox.findMany({ where: { name: "identity.send-link" } });
  for (const { payload } of asked) {
    // One work id for all of its attempts, as the worker has it.
    const once = { kind: "work", workId: randomUUID() } as const;
    for (let time = 0; time < times; time += 1) await sendLink(contextFor(SYSTEM, once), payload as { linkId: string });
  }
  await db.outbox.deleteMany({ where: { name: "identity.send-link" } });
  return asked.length;
};

/** The newest mail to an address in the mailbox, and the token of its link. */
export const findMail = async ({ db }: TestMaru, recipient: string) => {
  const mail = await db.mailMessage.findFirst({ where: { recipient }, orderBy: { id: "desc" } });
  return mail && { ...mail, url: /https?:\S+/.exec(mail.text)?.[0] ?? "", token: /#token=(\S+)/.exec(mail.text)?.[1] ?? "" };
};

/** The token of the newest mail to an address, after the worker has sent what was asked for. */
export const receiveToken = async (test: TestMaru, recipient: string): Promise<string> => {
  await sendAskedLinks(test);
  return (await findMail(test, recipient))?.token ?? "";
};
