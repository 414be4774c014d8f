import { randomUUID } from "node:crypto";
import { createTestMaru, refusal, type TestMaru } from "@maru/api/testing";
import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GUEST_ACTOR } from "../../packages/api/src/modules/identity/service/actors";
import { refresh } from "../../packages/api/src/modules/identity/service/refresh";
import { openSession } from "../../packages/api/src/modules/identity/service/sessions";
import { authenticateToken } from "../../packages/api/src/modules/identity/service/tokens";
import { atDepth, seed, withSeed } from "./depth";
import { recordFigure } from "./figures";
import { type ModelSession, SECOND, SessionModel, type Verdict } from "./session-model";

const PROOF = "sessions";
const STEPS = atDepth({ sample: 400, full: 12_000 });
const STEPS_A_ROUND = 60;
const PEOPLE = 3;
const START = Date.parse("2026-11-21T09:00:00Z");
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let test: TestMaru;
let model: SessionModel;
beforeAll(async () => {
  test = await createTestMaru({ clock: () => new Date(model.now), poolSize: 12 });
});
afterAll(() => test.stop());

// Steps name sessions and links by a number that is taken modulo how many there are: so each step means something wherever it stands.
const person = fc.nat(PEOPLE - 1);
const session = fc.nat(1_000);
/** How far behind the newest link: mostly the newest and the one before it, which is where honest clients are. */
const age = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.nat(6) },
);
const time = fc.constantFrom(
  SECOND,
  5 * SECOND,
  10 * SECOND,
  11 * SECOND,
  14 * MINUTE,
  15 * MINUTE,
  13 * 60 * MINUTE,
  DAY,
  6 * DAY,
  7 * DAY,
);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("sign-in" as const), person, isWeb: fc.boolean() }) },
  { weight: 20, arbitrary: fc.record({ kind: fc.constant("refresh" as const), session, age }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("refresh-at-once" as const), session, age, times: fc.integer({ min: 2, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("clash" as const), session, age: fc.integer({ min: 2, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("garbage" as const), session }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: time }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("use" as const), session, age: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("end" as const), session, by: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("end-all" as const), session, keepsCurrent: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("set-active" as const), person, isActive: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Of<Kind extends Step["kind"]> = Extract<Step, { kind: Kind }>;

/** One world: three people, their sessions, and what the model says of them. */
class World {
  readonly people: Actor[] = [];
  readonly seen: Record<Verdict | "clash", number> = { rotated: 0, repeated: 0, refused: 0, stolen: 0, clash: 0 };

  async prepare(): Promise<void> {
    model = new SessionModel(PEOPLE, START);
    for (let count = 0; count < PEOPLE; count += 1) {
      const { id, personId } = await createAccount(test.db);
      this.people.push({ ...GUEST_ACTOR, id: personId, accountId: id });
    }
  }

  #one(index: number): ModelSession | undefined {
    return model.sessions[index % Math.max(1, model.sessions.length)];
  }

  #api(index: number): ModelSession | undefined {
    const sessions = model.sessions.filter(({ kind }) => kind === "API");
    return sessions[index % Math.max(1, sessions.length)];
  }

  // Without one of hers she calls from a session that is none: a test that gives her one would be more than the model knows of.
  #as(owner: number, sessionId: string = newId()) {
    return test.as({ ...(this.people[owner] as Actor), sessionId }).identity;
  }

  async #refresh(token: string) {
    // An address of its own for each: that failures are limited is another test's.
    const origin = { address: randomUUID(), userAgent: null };
    try {
      return await refresh(test.contextFor(GUEST_ACTOR), { refreshToken: token }, origin);
    } catch (error) {
      expect(error).toMatchObject({ code: "identity.refreshRefused" });
      return null;
    }
  }

  async #refreshAtOnce(one: ModelSession, place: number, times: number): Promise<void> {
    const verdict = model.judge(one, place);
    this.seen[verdict] += 1;
    const token = one.links[place]?.token ?? "";
    const pairs = await Promise.all(Array.from({ length: times }, () => this.#refresh(token)));
    const given = pairs.filter((pair) => pair !== null);
    expect(given.length).toBe(verdict === "rotated" || verdict === "repeated" ? times : 0);
    const [first, ...others] = given;
    if (verdict === "stolen") model.steal(one);
    if (!first) return;
    expect(new Set(given.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    if (verdict === "rotated") {
      expect(one.links.map((link) => link.token)).not.toContain(first.refreshToken);
      model.rotate(one, first);
    } else {
      expect(first.refreshToken).toBe(one.links.at(-1)?.token);
      model.give(one, first.accessToken);
    }
    for (const { accessToken } of others) model.give(one, accessToken);
  }

  // The owner and a thief come together: whoever is first, nobody keeps anything.
  async #clash({ session: index, age: behind }: Of<"clash">): Promise<void> {
    const one = this.#api(index);
    const place = one ? one.links.length - 1 - behind : -1;
    if (!one || place < 0 || model.judge(one, place) !== "stolen") return;
    this.seen.clash += 1;
    const tokens = [one.links.at(-1)?.token ?? "", one.links[place]?.token ?? ""];
    const [pair, none] = await Promise.all(tokens.map((token) => this.#refresh(token)));
    expect(none).toBeNull();
    if (pair) model.rotate(one, pair);
    model.steal(one);
  }

  async #use({ session: index, age: behind }: Of<"use">): Promise<void> {
    const one = this.#one(index);
    const access = one?.accessTokens.at(-1 - behind);
    if (!one || !access) return;
    const { pool, sql } = test.maru.database;
    const reader = { pool, sql, tokens: test.maru.tools.tokens, now: test.maru.clock };
    const known = await authenticateToken(reader, one.kind === "WEB" ? "web" : "access", access.token, null);
    expect(known !== null).toBe(model.isGood(one, access));
    if (known) expect(known.actor.id).toBe(this.people[one.owner]?.id);
  }

  async #end({ session: index, by }: Of<"end">): Promise<void> {
    const one = this.#one(index);
    if (!one || !model.isActive(by)) return;
    const isHers = one.owner === by && model.isOpen(one);
    expect(await refusal(this.#as(by).revokeSession({ id: one.id }))).toBe(isHers ? "done" : "identity.sessionNotFound");
    if (isHers) one.isEnded = true;
  }

  async #endAll({ session: index, keepsCurrent }: Of<"end-all">): Promise<void> {
    const one = this.#one(index);
    if (!one || !model.isOpen(one)) return;
    const ending = model.openOf(one.owner).filter((other) => !(keepsCurrent && other === one));
    expect(await this.#as(one.owner, one.id).revokeSessions({ keepsCurrent })).toEqual({ ended: ending.length });
    for (const other of ending) other.isEnded = true;
  }

  async #signIn({ person: owner, isWeb }: Of<"sign-in">): Promise<void> {
    const { id, accountId } = this.people[owner] as Actor;
    if (!model.isActive(owner)) return;
    const kind = isWeb ? "WEB" : "API";
    const account = { id: accountId as string, personId: id };
    const opened = await openSession(test.contextFor(GUEST_ACTOR), account, kind, { address: "::1", userAgent: null });
    expect(model.sessions.map((known) => known.id)).not.toContain(opened.sessionId);
    model.signIn(owner, kind, { ...opened, id: opened.sessionId });
  }

  async #setActive({ person: owner, isActive }: Of<"set-active">): Promise<void> {
    const id = this.people[owner]?.accountId as string;
    await test.db.account.update({ where: { id }, data: { state: isActive ? "ACTIVE" : "DISABLED" } });
    model.setActive(owner, isActive);
  }

  async do(wish: Step): Promise<void> {
    switch (wish.kind) {
      case "sign-in":
        return this.#signIn(wish);
      case "refresh":
      case "refresh-at-once": {
        const one = this.#api(wish.session);
        if (one) await this.#refreshAtOnce(one, Math.max(0, one.links.length - 1 - wish.age), "times" in wish ? wish.times : 1);
        return;
      }
      case "clash":
        return this.#clash(wish);
      case "garbage":
        // Of the right shape and of nobody; and a token of another kind.
        expect(await this.#refresh(`maru_rt_${randomUUID()}`)).toBeNull();
        expect(await this.#refresh(this.#one(wish.session)?.accessTokens[0]?.token ?? "x")).toBeNull();
        return;
      case "pass":
        model.now += wish.ms;
        return;
      case "use":
        return this.#use(wish);
      case "end":
        return this.#end(wish);
      case "end-all":
        return this.#endAll(wish);
      case "set-active":
        return this.#setActive(wish);
    }
  }

  /** Everything that the database holds is what the model says, and nothing more. */
  async compare(): Promise<void> {
    for (const [index] of this.people.entries()) {
      if (!model.isActive(index)) continue;
      const listed = (await this.#as(index).listSessions()).map(({ id }) => id);
      expect(listed.sort()).toEqual(
        model
          .openOf(index)
          .map(({ id }) => id)
          .sort(),
      );
    }
  }

  async compareChains(): Promise<void> {
    const ids = model.sessions.map(({ id }) => id);
    const counts = await test.db.refreshToken.groupBy({ by: ["sessionId"], where: { sessionId: { in: ids } }, _count: true });
    const found = new Map(counts.map(({ sessionId, _count }) => [sessionId, _count]));
    for (const one of model.sessions) expect(found.get(one.id) ?? 0).toBe(one.links.length);
    const stolen = await test.db.session.count({ where: { id: { in: ids }, endReason: "refresh-token-reused" } });
    const events = await test.db.outbox.findMany({ where: { name: "identity.session-stolen" } });
    const own = new Set(ids);
    const told = events.filter(({ payload }) => own.has((payload as { sessionId: string }).sessionId));
    expect([stolen, told.length]).toEqual([model.stolen, model.stolen]);
  }
}

it("sessions and refresh families do what the model says, step by step (ASVS 10.4.5)", async () => {
  await withSeed(async () => {
    const seen: World["seen"] = { rotated: 0, repeated: 0, refused: 0, stolen: 0, clash: 0 };
    const steps: readonly Step[] = fc.sample(step, { seed, numRuns: STEPS });
    for (let from = 0; from < steps.length; from += STEPS_A_ROUND) {
      const world = new World();
      await world.prepare();
      for (const [index, wish] of steps.slice(from, from + STEPS_A_ROUND).entries()) {
        try {
          await world.do(wish);
          await world.compare();
        } catch (error) {
          if (error instanceof Error) error.message += `\n(step ${from + index}: ${JSON.stringify(wish)})`;
          throw error;
        }
      }
      await world.compareChains();
      for (const [verdict, count] of Object.entries(world.seen)) seen[verdict as Verdict] += count;
    }
    // A proof in which nothing happens proves nothing.
    for (const verdict of ["rotated", "repeated", "refused", "stolen"] as const)
      expect([verdict, seen[verdict] > 0]).toEqual([verdict, true]);
    recordFigure(PROOF, "random steps, each compared with the model", STEPS);
    recordFigure(PROOF, "refreshes that gave a successor, or the same one again", seen.rotated + seen.repeated);
    recordFigure(PROOF, "families ended because a used token came again", seen.stolen + seen.clash);
    recordFigure(PROOF, "steps that came out otherwise", 0);
  });
});

it("twenty refreshes at once have one successor, and nobody is signed out", async () => {
  const rounds = atDepth({ sample: 3, full: 100 });
  for (let round = 0; round < rounds; round += 1) {
    const world = new World();
    await world.prepare();
    await world.do({ kind: "sign-in", person: 0, isWeb: false });
    await world.do({ kind: "refresh-at-once", session: 0, age: 0, times: 20 } as Step);
    await world.do({ kind: "refresh", session: 0, age: 0 });
    await world.compare();
    await world.compareChains();
    expect([world.seen.rotated, model.openOf(0).length]).toEqual([2, 1]);
  }
  recordFigure(PROOF, "times twenty refreshes at once had one successor", rounds);
});
