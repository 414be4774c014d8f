import type { StreamItem } from "@maru/api/notification/contract";
import type { Actor } from "@maru/db/context";
import { createBoard } from "@maru/db/testing/factories/board";
import type { RichText } from "@maru/platform/rich-text";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { atDepth, seed, withSeed } from "./depth";
import { recordFigure } from "./figures";
import { inParallel } from "./in-parallel";
import { createInboxParts, type InboxParts } from "./inbox-parts";

const PROOF = "inbox";
const DELIVERIES = atDepth({ sample: 200, full: 10_000 });
const PEOPLE = 12;
const DEEDS_A_ROUND = atDepth({ sample: 20, full: 100 });
const AT_ONCE = 6;

let parts: InboxParts;
let people: Actor[];
let boardId: string;
beforeAll(async () => {
  parts = await createInboxParts();
  people = await Promise.all(Array.from({ length: PEOPLE }, parts.createMember));
  boardId = (await createBoard(parts.prisma)).id;
});
afterAll(() => parts.stop());

const person = fc.nat(PEOPLE - 1);
const deed = fc.record({
  kind: fc.constantFrom("post" as const, "comment" as const, "comment" as const, "reply" as const, "like" as const),
  by: person,
  at: fc.nat(1_000_000),
  mentions: fc.uniqueArray(person, { maxLength: 6 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

type Post = {
  readonly id: string;
  readonly author: number;
  readonly likers: Set<number>;
  readonly comments: { readonly id: string; readonly author: number }[];
};

const textMentioning = (mentions: readonly number[]): RichText => ({
  type: "doc",
  content: [
    {
      type: "paragraph",
      content: [
        { type: "text", text: "글 " },
        ...mentions.map((index) => ({ type: "mention", attrs: { id: people[index]?.id, label: "사람" } })),
      ],
    },
  ],
});

/** What everybody must have been told in the end, written down as the deeds are done: `person topic post comment`, each once. */
const expected: string[] = [];
const posts: Post[] = [];
let events = 0;

const expectNotices = (by: number, postId: string, commentId: string | null, wanted: readonly (readonly [number, string])[]): void => {
  const told = new Set<number>([by]);
  for (const [recipient, topic] of wanted) {
    if (!told.has(recipient)) expected.push(`${people[recipient]?.id} ${topic} ${postId} ${commentId}`);
    told.add(recipient);
  }
};

const comment = async ({ by, mentions, at, kind }: Deed, post: Post): Promise<void> => {
  const parent = kind === "reply" ? post.comments[at % post.comments.length] : undefined;
  const { id } = await parts
    .as(people[by] as Actor)
    .board.addComment({ postId: post.id, parentId: parent?.id, body: textMentioning(mentions) });
  // A reply to a reply joins the thread of its first comment: replies are made to first comments only, so that one knows whom they answer.
  if (!parent) post.comments.push({ id, author: by });
  const word = (recipient: number, topic: string) => [recipient, mentions.includes(recipient) ? "board.mentioned" : topic] as const;
  const authors = [...(parent ? [word(parent.author, "board.replied")] : []), word(post.author, "board.commented")];
  expectNotices(by, post.id, id, [...authors, ...mentions.map((recipient) => [recipient, "board.mentioned"] as const)]);
};

const perform = async (deed: Deed): Promise<void> => {
  const { by, mentions, at, kind } = deed;
  const caller = parts.as(people[by] as Actor);
  const post = posts[at % Math.max(posts.length, 1)];
  if (!post || kind === "post") {
    const { id } = await caller.board.publishPost({ boardId, title: "제목", body: textMentioning(mentions) });
    expectNotices(
      by,
      id,
      null,
      mentions.map((recipient) => [recipient, "board.mentioned"]),
    );
    posts.push({ id, author: by, likers: new Set(), comments: [] });
  } else if (kind === "like") {
    // One event for each person who likes a post, however often: the second wish changes nothing.
    if (!post.likers.has(by)) expectNotices(by, post.id, null, [[post.author, "board.liked"]]);
    else events -= 1;
    post.likers.add(by);
    await caller.board.setPostLike({ id: post.id, isLiked: true });
  } else await comment(post.comments.length === 0 ? { ...deed, kind: "comment" } : deed, post);
  events += 1;
};

const pendingIds = async (): Promise<string[]> =>
  (await parts.pool.query<{ id: string }>("SELECT id FROM work WHERE state = 'PENDING'")).rows.map(({ id }) => id);

/** People who open their lists while more arrives. */
const lookAround = async (round: number): Promise<void> => {
  const actor = people[round % PEOPLE] as Actor;
  const caller = parts.as(actor);
  const { items } = await caller.notification.listNotifications({ limit: 20 });
  if (round % 3 === 0) await caller.notification.markSeen({ upToSeq: items[0]?.seq ?? 0 });
  else if (items[0]) await caller.notification.markRead({ id: items[0].id });
};

/** Watches a person's stream as a browser does, from the very beginning. */
const watch = (actor: Actor) => {
  const seqs: number[] = [];
  const reading = (async () => {
    for await (const envelope of await parts.as(actor).notification.stream({ lastEventId: "0" })) {
      // The types are those of a client; within the server an item still lies in its envelope, behind its place.
      const [seq, item] = envelope as unknown as [string, StreamItem];
      if (item.type === "notification") seqs.push(Number(seq));
    }
  })();
  // The stream ends with the process; nobody waits for that.
  reading.catch(() => {});
  return seqs;
};

type Inbox = {
  readonly person_id: string;
  readonly last_seq: number;
  readonly unseen: number;
  readonly seqs: number[];
  readonly really_unseen: number;
};
const readInboxes = async (): Promise<Inbox[]> =>
  (
    await parts.pool.query<Inbox>(`SELECT i.person_id, i.last_seq, i.unseen, array_agg(n.seq ORDER BY n.seq) AS seqs,
      count(*) FILTER (WHERE n.seen_at IS NULL)::int AS really_unseen
      FROM person_inbox i JOIN notification n ON n.person_id = i.person_id GROUP BY i.person_id, i.last_seq, i.unseen`)
  ).rows;
const readNotices = async (): Promise<string[]> =>
  (
    await parts.pool.query<{ notice: string }>(
      "SELECT concat_ws(' ', person_id, topic, subject_id, coalesce(details->>'commentId', 'null')) AS notice FROM notification",
    )
  ).rows.map(({ notice }) => notice);

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

it("everybody is told everything once and in order, whatever comes twice, shuffled or at once", () =>
  withSeed(async () => {
    const watched = people.slice(0, 3).map((actor) => ({ actor, seqs: watch(actor) }));
    let [deliveries, unanswered, round] = [0, 0, 0];
    const deliver = async (ids: readonly string[]): Promise<void> => {
      const ended = await inParallel(AT_ONCE, ids, parts.deliver);
      deliveries += ids.length;
      unanswered += ended.filter((isDone) => !isDone).length;
    };
    while (deliveries < DELIVERIES) {
      const [deeds = [], twice = []] =
        fc.sample(
          fc.tuple(
            fc.array(deed, { minLength: DEEDS_A_ROUND, maxLength: DEEDS_A_ROUND }),
            fc.array(fc.nat(2), { minLength: 400, maxLength: 400 }),
          ),
          {
            seed: seed + round,
            numRuns: 1,
          },
        )[0] ?? [];
      await inParallel(AT_ONCE, deeds, perform);
      await parts.relay();
      const ids = await pendingIds();
      // Each piece of work up to three times, in an order that has nothing to do with what happened first.
      const repeated = ids.flatMap((id, index) => Array.from({ length: 1 + (twice[index % twice.length] ?? 0) }, () => id));
      const [shuffled = repeated] = fc.sample(fc.shuffledSubarray(repeated, { minLength: repeated.length }), {
        seed: seed + round,
        numRuns: 1,
      });
      await Promise.all([deliver(shuffled), inParallel(2, upTo(6), (step) => lookAround(round + step))]);
      // Some were done by a worker that died before it could say so.
      await parts.pool.query("UPDATE work SET state = 'PENDING', finished_at = NULL WHERE id = ANY($1::uuid[])", [
        ids.filter((_, index) => index % 5 === 0),
      ]);
      for (let again = await pendingIds(); again.length > 0; again = await pendingIds()) await deliver(again);
      round += 1;
    }

    // Whoever tells the same people at once takes turns: nothing fails, so nothing has to come again for that.
    expect(unanswered).toBe(0);
    const { rows: dead } = await parts.pool.query("SELECT consumer, error FROM work WHERE state = 'DEAD'");
    expect(dead).toEqual([]);
    expect((await readNotices()).sort()).toEqual([...expected].sort());
    const inboxes = await readInboxes();
    for (const inbox of inboxes) {
      expect(inbox.seqs).toEqual(upTo(inbox.last_seq));
      expect(inbox.unseen).toBe(inbox.really_unseen);
    }
    for (const { actor, seqs } of watched) {
      const last = inboxes.find(({ person_id }) => person_id === actor.id)?.last_seq ?? 0;
      await expect.poll(() => seqs.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(last);
      expect(seqs).toEqual(upTo(last));
    }
    expect(expected.length).toBeGreaterThan(0);
    recordFigure(PROOF, "events", events);
    recordFigure(PROOF, "deliveries of their work, shuffled and repeated", deliveries);
    recordFigure(PROOF, "of them failed", unanswered);
    recordFigure(PROOF, "notifications, each once", expected.length);
    recordFigure(PROOF, "gaps in sequence numbers, wrong badges", 0);
  }));
