import { sql as raw } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Counts, PersonalData } from "../../personal-data";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import type { Ctx } from "../../tools";
import { personMatches } from "../directory/service";
import { markForErasure } from "../identity/service/close-account";
import { beginDueErasures, erasePerson } from "./service/erasures";
import { findTraces, leaveTraces, marksOf, workerContext } from "./testing/traces";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

/**
 * What may still tell who it was: the log, which is kept by law and can't be changed, and what people have written themselves, here a comment
 * of somebody else, the notice that quotes it, and the name of a file on a post.
 */
const KEPT = ["audit_entry.details", "comment.body", "comment.body_text", "file.name", "notification.details"];
const never = new AbortController().signal;
const DAY_MS = 86_400_000;

/** Closes the account as its owner would, and lets the grace pass. */
const due = async (accountId: string): Promise<string> => {
  await test.contextFor(test.actors.admin).tx((tx) => markForErasure(tx, accountId));
  await test.db.account.update({ where: { id: accountId }, data: { eraseAfter: new Date(Date.now() - DAY_MS) } });
  await beginDueErasures(workerContext(test));
  return (await test.db.erasure.findUniqueOrThrow({ where: { accountId } })).id;
};
const evidenceOf = async (erasureId: string) => {
  const steps = await test.db.erasureStep.findMany({ where: { erasureId }, orderBy: { module: "asc" } });
  return steps.map(({ module, counts, finishedAt }) => ({ module, counts, isFinished: finishedAt !== null }));
};

/** As if the process were killed: the server loses the connection in the middle of a transaction. */
const killed = (ctx: Ctx, at: { step: number; isWritten: boolean }): Ctx => {
  let step = 0;
  const withKill = (part: PersonalData): PersonalData => ({
    ...part,
    erasePerson: async (tx, whom, atMost): Promise<Counts> => {
      step += 1;
      if (step === at.step && !at.isWritten) await raw`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx.sql);
      const counts = await part.erasePerson(tx, whom, atMost);
      if (step === at.step) await raw`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx.sql);
      return counts;
    },
  });
  return { ...ctx, tools: { ...ctx.tools, personalData: ctx.tools.personalData.map(withKill) } };
};

describe("an erasure", () => {
  it("leaves nothing that says who it was, keeps what was said, and proves what it removed", async () => {
    const marks = marksOf("가람일");
    const { actor, accountId, postId } = await leaveTraces(test, marks);
    expect((await findTraces(test.db, marks)).length).toBeGreaterThan(10);
    const erasureId = await due(accountId);
    await erasePerson(workerContext(test), { erasureId }, never);

    expect(await findTraces(test.db, marks)).toEqual(KEPT);
    const seen = await test.as(test.actors.admin).board.getPost({ id: postId });
    expect(seen).toMatchObject({ title: "남긴 글", author: { name: "탈퇴한 구성원", state: "RESIGNED", rank: null, department: null } });
    const people = await test.maru.database.sql.selectFrom("person as p").select("p.id").where(personMatches("남궁가람일")).execute();
    expect(people).toEqual([]);
    expect(await test.db.auditEntry.count({ where: { actorId: actor.id } })).toBeGreaterThan(0);
    expect(await test.db.outbox.count({ where: { name: "files.remove-objects" } })).toBeGreaterThan(0);

    const erasure = await test.db.erasure.findUniqueOrThrow({ where: { id: erasureId } });
    expect(erasure).toMatchObject({ accountId, personId: actor.id, requestedById: test.actors.admin.id });
    expect(erasure.requestId).not.toBeNull();
    expect(erasure.finishedAt).not.toBeNull();
    expect(await evidenceOf(erasureId)).toEqual(EVIDENCE);
    const entry = await test.db.auditEntry.findFirstOrThrow({ where: { action: "privacy.erasure.finish", subjectId: accountId } });
    expect(entry.details).toMatchObject({ erasureId, removed: { directory: { person: 1, affiliation: 1 } } });
  });

  it("goes on where it was killed, at each step, before and after its rows were written: with the same evidence", async () => {
    const steps = EVIDENCE.reduce((sum, { counts }) => sum + (Object.keys(counts).length > 0 ? 2 : 1), 0);
    for (let step = 1; step <= steps; step += 1) {
      const isWritten = step % 2 === 0;
      const marks = marksOf(`나래${step}번`);
      const { accountId } = await leaveTraces(test, marks);
      const erasureId = await due(accountId);
      const run = erasePerson(killed(workerContext(test), { step, isWritten }), { erasureId }, never);
      await expect(run, `step ${step}`).rejects.toThrow();
      const unfinished = await test.db.erasure.findUniqueOrThrow({ where: { id: erasureId } });
      expect(unfinished.finishedAt, `step ${step}`).toBeNull();
      await erasePerson(workerContext(test), { erasureId }, never);
      expect(await evidenceOf(erasureId), `step ${step}`).toEqual(EVIDENCE);
      expect(await findTraces(test.db, marks), `step ${step}`).toEqual(KEPT);
    }
  });

  it("is done by two at once as if by one", async () => {
    const marks = marksOf("다솜둘");
    const { accountId } = await leaveTraces(test, marks);
    const erasureId = await due(accountId);
    await Promise.all([1, 2].map(() => erasePerson(workerContext(test), { erasureId }, never)));
    expect(await evidenceOf(erasureId)).toEqual(EVIDENCE);
    expect(await test.db.auditEntry.count({ where: { action: "privacy.erasure.finish", subjectId: accountId } })).toBe(1);
    // A job that comes late finds nothing to do.
    await erasePerson(workerContext(test), { erasureId }, never);
    expect(await test.db.auditEntry.count({ where: { action: "privacy.erasure.finish", subjectId: accountId } })).toBe(1);
  });
});

describe("what is due", () => {
  const stateOf = (accountId: string) => test.db.account.findUniqueOrThrow({ where: { id: accountId } });

  it("is nothing before the grace is over, and nothing that was undone", async () => {
    const [waiting, undone] = [await leaveTraces(test, marksOf("라온하나")), await leaveTraces(test, marksOf("라온둘"))];
    for (const { accountId } of [waiting, undone]) await test.contextFor(test.actors.admin).tx((tx) => markForErasure(tx, accountId));
    await test.as(test.actors.admin).identity.updateAccount({ id: undone.accountId, state: "ACTIVE" });
    await beginDueErasures(workerContext(test));
    for (const { accountId } of [waiting, undone]) expect(await test.db.erasure.count({ where: { accountId } })).toBe(0);
  });

  it("can't be undone any more, before and after it was erased", async () => {
    const { accountId } = await leaveTraces(test, marksOf("마루셋"));
    const erasureId = await due(accountId);
    const enable = () => refusal(test.as(test.actors.admin).identity.updateAccount({ id: accountId, state: "ACTIVE" }));
    expect(await enable()).toBe("identity.accountErased");
    await erasePerson(workerContext(test), { erasureId }, never);
    expect(await enable()).toBe("identity.accountErased");
    expect(await refusal(test.as(test.actors.admin).identity.deleteAccount({ id: accountId }))).toBe("identity.accountErased");
    expect(await stateOf(accountId)).toMatchObject({ state: "DISABLED", username: `erased-${accountId}`, passwordHash: null });
  });

  it("is asked for again as long as it is not at its end, and then never more", async () => {
    const { accountId } = await leaveTraces(test, marksOf("바다넷"));
    const erasureId = await due(accountId);
    const asked = async () => {
      const rows = await test.db.outbox.findMany({ where: { name: "privacy.erase-person" }, select: { payload: true } });
      return rows.filter(({ payload }) => (payload as { erasureId: string }).erasureId === erasureId).length;
    };
    const before = await asked();
    await beginDueErasures(workerContext(test));
    expect(await asked()).toBe(before + 1);
    await erasePerson(workerContext(test), { erasureId }, never);
    await beginDueErasures(workerContext(test));
    expect(await asked()).toBe(before + 1);
  });
});

/** What is removed of somebody who left the traces of testing/traces.ts. */
const EVIDENCE = [
  { module: "audit", counts: {}, isFinished: true },
  { module: "board", counts: { post_draft: 1, post_read: 1 }, isFinished: true },
  {
    module: "directory",
    counts: { absence: 1, favourite: 2, recent_person: 1, person_transition: 1, affiliation: 1, person: 1 },
    isFinished: true,
  },
  { module: "factor", counts: { totp_factor: 1, recovery_code: 1, passkey: 1 }, isFinished: true },
  { module: "federation", counts: { external_identity: 1 }, isFinished: true },
  { module: "files", counts: { file: 1 }, isFinished: true },
  {
    module: "identity",
    counts: { account: 1, account_link: 2, session: 1, personal_token: 1, sign_in_challenge: 1, role_assignment: 1 },
    isFinished: true,
  },
  { module: "mail", counts: { mail_message: 1 }, isFinished: true },
  { module: "notification", counts: { notification: 2, person_inbox: 1 }, isFinished: true },
  { module: "privacy", counts: {}, isFinished: true },
  { module: "sync", counts: {}, isFinished: true },
];
