import type { Actor } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeAt } from "../../testing/generators";
import { createActor, createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { takeCode } from "./service";

let test: TestMaru;
let now = new Date("2026-11-21T10:00:00Z");

beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  // The limiter's connection is made by the first attempt; until it stands, memory counts.
  test.maru.tools.limits.limiter("factor-code", { places: 5, windowMs: 900_000 });
  await new Promise((resolve) => setTimeout(resolve, 500));
});
afterAll(() => test.stop());

const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000);
};
const somebody = (): Promise<Actor> => createActor(test.db, { name: "홍길동", permissions: ["notification.read"] });
const ownerOf = (actor: Actor) => ({ accountId: actor.accountId as string, personId: actor.id });
const commandOf = (procedure: string) => ({ kind: "command", key: newId(), procedure, requestHash: "x" }) as const;
const factor = (actor: Actor) => test.as(actor).factor;
/** Somebody who has a generator, with its secret and her recovery codes. */
const enrolled = async () => {
  const actor = await somebody();
  const { secret } = await factor(actor).startGenerator({});
  const { recoveryCodes } = await factor(actor).confirmGenerator({ code: codeAt(secret, now) });
  later(30);
  return { actor, secret, recoveryCodes: recoveryCodes ?? [] };
};
const take = (actor: Actor, code: string) => takeCode(test.contextFor(actor), ownerOf(actor), code, async () => true);

describe("a generator", () => {
  it("is a factor once its first code was right, and its secret stands nowhere in the open", async () => {
    const actor = await somebody();
    const { secret, uri } = await test.as(actor, commandOf("factor.startGenerator")).factor.startGenerator({});
    expect(uri).toContain(secret);
    expect(await factor(actor).listFactors()).toMatchObject({ generatorSince: null, recoveryCodesLeft: 0 });
    expect(await take(actor, codeAt(secret, now))).toBeNull();
    expect(await refusal(factor(actor).confirmGenerator({ code: "000000" }))).toBe("factor.codeRefused");
    expect((await factor(actor).confirmGenerator({ code: codeAt(secret, now) })).recoveryCodes).toHaveLength(10);
    expect(await factor(actor).listFactors()).toMatchObject({ generatorSince: now.toISOString(), recoveryCodesLeft: 10 });
    const row = await test.db.totpFactor.findUniqueOrThrow({ where: { accountId: actor.accountId as string } });
    expect(row.secret).toMatch(/^v1\./);
    const kept = JSON.stringify([await test.db.outbox.findMany(), await test.db.idempotencyKey.findMany()], (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(kept).toContain("factor.startGenerator");
    expect(kept).not.toContain(secret);
    expect(JSON.stringify(await test.db.auditEntry.findMany())).not.toContain(secret);
  });

  it("starts anew until it is confirmed, and is one", async () => {
    const actor = await somebody();
    const first = await factor(actor).startGenerator({});
    const second = await factor(actor).startGenerator({});
    expect(await refusal(factor(actor).confirmGenerator({ code: codeAt(first.secret, now) }))).toBe("factor.codeRefused");
    await factor(actor).confirmGenerator({ code: codeAt(second.secret, now) });
    expect(await refusal(factor(actor).startGenerator({}))).toBe("factor.generatorExists");
    expect(await refusal(factor(actor).confirmGenerator({ code: codeAt(second.secret, now) }))).toBe("factor.generatorNotStarted");
  });

  it("waits an hour for its first code", async () => {
    const actor = await somebody();
    const { secret } = await factor(actor).startGenerator({});
    later(3_601);
    expect(await refusal(factor(actor).confirmGenerator({ code: codeAt(secret, now) }))).toBe("factor.generatorNotStarted");
  });

  it("takes a code once, and none before it", async () => {
    const { actor, secret } = await enrolled();
    const code = codeAt(secret, now);
    expect(await take(actor, code)).toBe(true);
    expect(await take(actor, code)).toBeNull();
    expect(await take(actor, codeAt(secret, new Date(now.getTime() - 30_000)))).toBeNull();
    later(30);
    expect(await take(actor, codeAt(secret, now))).toBe(true);
  });

  it("takes one of two that come at once", async () => {
    const { actor, secret } = await enrolled();
    const code = codeAt(secret, now);
    const answers = await Promise.all([take(actor, code), take(actor, code), take(actor, code)]);
    expect(answers.filter((answer) => answer === true)).toHaveLength(1);
  });

  it("of one account is worth nothing to another, its row moved there included", async () => {
    const [mine, other] = [await enrolled(), await enrolled()];
    expect(await take(other.actor, codeAt(mine.secret, now))).toBeNull();
    const { secret } = await test.db.totpFactor.findUniqueOrThrow({ where: { accountId: mine.actor.accountId as string } });
    await test.db.totpFactor.update({ where: { accountId: other.actor.accountId as string }, data: { secret } });
    await expect(take(other.actor, codeAt(mine.secret, now))).rejects.toThrow(/can't be read/);
  });

  it("takes its recovery codes along when it was the last, and is told of", async () => {
    const { actor } = await enrolled();
    expect(await factor(actor).removeGenerator({})).toEqual({ done: true });
    expect(await factor(actor).listFactors()).toMatchObject({ generatorSince: null, recoveryCodesLeft: 0 });
    expect(await refusal(factor(actor).removeGenerator({}))).toBe("factor.generatorNotFound");
    const actions = await test.db.auditEntry.findMany({ where: { subjectId: actor.accountId as string }, orderBy: { id: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual(["factor.generator.add", "factor.generator.remove"]);
    const events = await test.db.outbox.findMany({ where: { payload: { path: ["accountId"], equals: actor.accountId as string } } });
    expect(events.map(({ name }) => name).sort()).toEqual(["factor.factor-added", "factor.factor-removed"]);
  });

  it("stays where a role keeps it", async () => {
    const { actor } = await enrolled();
    expect(await refusal(factor({ ...actor, keepsFactor: true }).removeGenerator({}))).toBe("factor.factorCompulsory");
    expect(await factor(actor).listFactors()).toMatchObject({ recoveryCodesLeft: 10 });
  });
});

describe("guesses", () => {
  it("are five in a quarter of an hour, the right code included", async () => {
    const { actor, secret } = await enrolled();
    const answers = await Promise.all(Array.from({ length: 12 }, () => refusal(take(actor, "000000"))));
    expect(answers.filter((answer) => answer === "done")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "factor.tooManyCodes")).toHaveLength(7);
    expect(await refusal(take(actor, codeAt(secret, now)))).toBe("factor.tooManyCodes");
  });

  it("are forgotten after a right code", async () => {
    const { actor, secret } = await enrolled();
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 4; count += 1) expect(await take(actor, "000000")).toBeNull();
      expect(await take(actor, codeAt(secret, now))).toBe(true);
      later(30);
    }
  });
});

describe("recovery codes", () => {
  it("are good once each, for their owner alone, and stand as hashes", async () => {
    const { actor, recoveryCodes } = await enrolled();
    const other = await enrolled();
    const [first = "", second = ""] = recoveryCodes;
    expect(await take(other.actor, first)).toBeNull();
    expect(await take(actor, first.toUpperCase())).toBe(true);
    expect(await take(actor, first)).toBeNull();
    expect((await factor(actor).listFactors()).recoveryCodesLeft).toBe(9);
    const answers = await Promise.all([take(actor, second), take(actor, second)]);
    expect(answers.filter((answer) => answer === true)).toHaveLength(1);
    const rows = JSON.stringify(await test.db.recoveryCode.findMany());
    for (const code of recoveryCodes) expect(rows).not.toContain(code.replaceAll("-", ""));
  });

  it("are replaced all at once, and told again to a command that is repeated", async () => {
    const { actor, recoveryCodes } = await enrolled();
    const once = commandOf("factor.regenerateRecoveryCodes");
    const fresh = await test.as(actor, once).factor.regenerateRecoveryCodes({});
    expect(await test.as(actor, once).factor.regenerateRecoveryCodes({})).toEqual(fresh);
    expect(new Set([...fresh.recoveryCodes, ...recoveryCodes]).size).toBe(20);
    expect(await take(actor, recoveryCodes[0] ?? "")).toBeNull();
    expect(await take(actor, fresh.recoveryCodes[0] ?? "")).toBe(true);
  });

  it("need a factor to stand in for", async () =>
    expect(await refusal(factor(await somebody()).regenerateRecoveryCodes({}))).toBe("factor.factorMissing"));
});

describe("procedures", () => {
  it("are for whoever has signed in", async () => {
    const stranger = test.as(null).factor;
    for (const call of [stranger.listFactors(), stranger.startGenerator({}), stranger.removePasskey({ id: newId() })])
      expect(await refusal(call)).toBe("common.signInRequired");
  });

  it.each([{}, { code: "" }, { code: 123456 }, { code: "123456", accountId: "x" }, { code: { equals: "1" } }])(
    "confirmGenerator refuses %j",
    async (input) => expect(await refusal(factor(test.actors.member).confirmGenerator(input as never))).toBe("common.invalidInput"),
  );
});
