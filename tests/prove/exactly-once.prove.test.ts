import { handlers } from "@maru/api/reactions";
import type { Actor } from "@maru/db/context";
import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { paragraphs } from "@maru/platform/rich-text";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { atDepth, seed, withSeed } from "./depth";
import { callRest, callTrpc, type Outcome, twinOf } from "./doors";
import { recordFigure } from "./figures";
import { inParallel } from "./in-parallel";

const PROOF = "exactly once";
const COMMANDS = atDepth({ sample: 40, full: 5_000 });
const AT_ONCE = 12;

type Deed = "board.publishPost" | "board.addComment" | "board.setPostLike";
const DEEDS: readonly Deed[] = ["board.publishPost", "board.addComment", "board.setPostLike"];
type Command = {
  readonly person: number;
  readonly key: string | null;
  readonly deed: Deed;
  readonly label: string;
  readonly door: "trpc" | "rest";
};
type Done = { readonly command: Command; readonly outcome: Outcome };

let door: TestDoor;
let people: readonly Actor[];
let boardId: string;
let targets: readonly string[];
beforeAll(async () => {
  door = await startTestDoor();
  people = [door.actors.member, door.actors.other, door.actors.admin];
  boardId = (await createBoard(door.db)).id;
  targets = (await Promise.all(Array.from({ length: 5 }, () => createPost(door.db, { boardId })))).map(({ id }) => id);
});
afterAll(() => door.stop());

// A key comes back within the next few commands, mostly with the same wish and now and then with another one.
const drawn = fc.record({
  person: fc.nat(2),
  key: fc.oneof({ weight: 5, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.constant(null) }),
  isAnother: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  deed: fc.nat(2),
  door: fc.constantFrom("trpc" as const, "rest" as const),
});
const planCommands = (): Command[] =>
  fc.sample(drawn, { seed, numRuns: COMMANDS }).map(({ person, key, isAnother, deed, door }, index) => {
    if (key === null) return { person, door, key, deed: DEEDS[deed] as Deed, label: `without a key ${index}` };
    const number = Math.floor(index / 24) * 3 + key;
    const name = `key-${number}`;
    return { person, door, key: name, deed: DEEDS[number % 3] as Deed, label: isAnother ? `${name} another` : name };
  });

const numberOf = (label: string): number => [...label].reduce((sum, character) => sum + character.charCodeAt(0), 0);
const targetOf = (label: string): string => targets[numberOf(label) % targets.length] as string;
const inputOf = ({ deed, label }: Command): Record<string, unknown> => {
  if (deed === "board.publishPost") return { boardId, title: label, body: paragraphs(label), attachmentIds: [] };
  if (deed === "board.addComment") return { postId: targetOf(label), body: paragraphs(label) };
  return { id: targetOf(label), isLiked: numberOf(label) % 3 !== 0 };
};

/** What one person asked for under one key: only one wish of it may have come true. */
const groupByKey = (done: readonly Done[]): Done[][] => {
  const groups = new Map<string, Done[]>();
  for (const [index, one] of done.entries()) {
    const { person, key } = one.command;
    const name = key === null ? `alone ${index}` : `${person} ${key}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
};

/** The wish that came true in a group; every repetition of it has the same answer, every other wish is a conflict. */
const winnerOf = (group: readonly Done[]): Command => {
  const done = group.filter(({ outcome }) => outcome.code === "done");
  const first = done[0];
  if (!first) throw new Error(`nothing of ${group[0]?.command.label} was done: ${group.map(({ outcome }) => outcome.code).join(", ")}`);
  for (const { command, outcome } of done) {
    expect(command.label).toBe(first.command.label);
    expect(outcome.data).toEqual(first.outcome.data);
  }
  for (const { command, outcome } of group) {
    if (outcome.code === "done") continue;
    expect([outcome.code, outcome.status]).toEqual(["common.idempotencyKeyReused", 409]);
    expect(command.label).not.toBe(first.command.label);
  }
  return first.command;
};

const count = async (text: string): Promise<number> => {
  const { rows } = await door.maru.database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${text}`);
  return rows[0]?.count ?? -1;
};
const rowsOf = async (text: string): Promise<Record<string, unknown>[]> => (await door.maru.database.pool.query(text)).rows;

const WRONG_COUNTS = `SELECT p.id FROM post p WHERE
  p.comment_count + (SELECT coalesce(sum(d.comments), 0) FROM post_count_delta d WHERE d.post_id = p.id)
    <> (SELECT count(*) FROM comment c WHERE c.post_id = p.id AND c.deleted_at IS NULL)
  OR p.like_count + (SELECT coalesce(sum(d.likes), 0) FROM post_count_delta d WHERE d.post_id = p.id)
    <> (SELECT count(*) FROM post_like l WHERE l.post_id = p.id)`;

it("each command happens once, whatever is repeated, at whichever door, and leaves one trace of each kind (ASVS 2.3.3)", () =>
  withSeed(async () => {
    const commands = planCommands();
    const browsers = await Promise.all(people.map((person) => door.browser(person)));
    const bearers = await Promise.all(people.map((person) => door.bearer(person)));
    const done = await inParallel(AT_ONCE, commands, async (command): Promise<Done> => {
      const { person, key, deed } = command;
      const headers = {
        ...((command.door === "trpc" ? browsers : bearers)[person] ?? {}),
        ...(key === null ? {} : { "idempotency-key": key }),
      };
      const twin = twinOf(deed);
      if (!twin) throw new Error(`${deed} has no REST twin`);
      const input = inputOf(command);
      return {
        command,
        outcome: await (command.door === "trpc" ? callTrpc(door, deed, input, headers) : callRest(door, twin, input, headers)),
      };
    });

    const winners = groupByKey(done).map(winnerOf);
    const wonBy = (deed: Deed) => winners.filter((winner) => winner.deed === deed);
    const sorted = (labels: Iterable<unknown>) => [...labels].sort();
    // One row for each wish that came true, with the very text that was asked for.
    const posts = await rowsOf(`SELECT id, title, author_id FROM post WHERE id <> ALL ('{${targets.join(",")}}'::uuid[])`);
    const comments = await rowsOf("SELECT id, body_text, author_id FROM comment");
    const said = (deed: Deed) => sorted(wonBy(deed).map(({ person, label }) => `${people[person]?.id} ${label}`));
    expect(sorted(posts.map(({ author_id, title }) => `${author_id} ${title}`))).toEqual(said("board.publishPost"));
    expect(sorted(comments.map(({ author_id, body_text }) => `${author_id} ${body_text}`))).toEqual(said("board.addComment"));
    expect(await count("idempotency_key")).toBe(winners.filter(({ key }) => key !== null).length);

    // Audit rows are the deeds, outbox rows the events: as many, and of the same records.
    const recorded = async (action: string) =>
      sorted((await rowsOf(`SELECT subject_id FROM audit_entry WHERE action = '${action}'`)).map((row) => row.subject_id));
    const told = async (event: string, id: string) =>
      sorted((await rowsOf(`SELECT payload->>'${id}' AS id FROM outbox WHERE name = '${event}'`)).map((row) => row.id));
    const ids = (rows: readonly Record<string, unknown>[]) => sorted(rows.map(({ id }) => id));
    expect(await recorded("board.post.publish")).toEqual(ids(posts));
    expect(await recorded("board.comment.add")).toEqual(ids(comments));
    expect(await told("board.post-published", "postId")).toEqual(ids(posts));
    expect(await told("board.comment-added", "commentId")).toEqual(ids(comments));
    expect(await count("outbox WHERE name = 'board.post-liked'")).toBe(await count("post_count_delta WHERE likes = 1"));

    // Counters equal counts: while they stand appended, while four processes fold them at once, and afterwards.
    expect(await rowsOf(WRONG_COUNTS)).toEqual([]);
    const fold = () => handlers["board.fold-counts"].run(door.contextFor(door.actors.admin), {}, new AbortController().signal);
    const [, , , , wrongMeanwhile] = await Promise.all([fold(), fold(), fold(), fold(), rowsOf(WRONG_COUNTS)]);
    expect(wrongMeanwhile).toEqual([]);
    expect(await count("post_count_delta")).toBe(0);
    expect(await rowsOf(WRONG_COUNTS)).toEqual([]);

    const repeated = done.length - winners.length;
    expect(repeated).toBeGreaterThan(COMMANDS / 5);
    recordFigure(PROOF, `commands, ${AT_ONCE} at once through tRPC and REST`, COMMANDS);
    recordFigure(PROOF, "of them repetitions or conflicts under a used key", repeated);
    recordFigure(PROOF, "rows, audit rows or events too many or too few", 0);
  }));
