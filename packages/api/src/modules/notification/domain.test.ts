import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf, hrefOf, MAX_RECIPIENTS, parseCursor, recipientsOfComment, recipientsOfLike, recipientsOfPost } from "./domain";

const comment = { actorId: "actor", postAuthorId: "author", parentAuthorId: null, mentionedIds: [] };
const topics = (recipients: readonly { personId: string; topic: string }[]) =>
  Object.fromEntries(recipients.map(({ personId, topic }) => [personId, topic]));

describe("who is told", () => {
  it("tells those whom a post mentions, each once and never its author", () => {
    expect(recipientsOfPost({ actorId: "actor", mentionedIds: ["kim", "actor", "kim"] })).toEqual([
      { personId: "kim", topic: "board.mentioned" },
    ]);
  });

  it.each([
    ["the post's author of a comment", comment, { author: "board.commented" }],
    ["nobody of one's own comment below one's own post", { ...comment, postAuthorId: "actor" }, {}],
    [
      "the author of the comment that was answered",
      { ...comment, parentAuthorId: "kim" },
      { kim: "board.replied", author: "board.commented" },
    ],
    ["one who is both: of the answer", { ...comment, parentAuthorId: "author" }, { author: "board.replied" }],
    ["nobody of an answer to oneself", { ...comment, parentAuthorId: "actor", postAuthorId: "actor" }, {}],
    [
      "a mentioned author: of the mention",
      { ...comment, mentionedIds: ["author", "lee"] },
      { author: "board.mentioned", lee: "board.mentioned" },
    ],
    ["nobody who mentions herself", { ...comment, postAuthorId: "actor", mentionedIds: ["actor"] }, {}],
    ["the system's comments too", { ...comment, actorId: null }, { author: "board.commented" }],
  ])("tells %s", (_name, facts, expected) => {
    expect(topics(recipientsOfComment(facts))).toEqual(expected);
  });

  it("tells the author who likes the post, and nobody of her own liking", () => {
    expect(topics(recipientsOfLike({ likerId: "kim", postAuthorId: "author" }))).toEqual({ author: "board.liked" });
    expect(recipientsOfLike({ likerId: "author", postAuthorId: "author" })).toEqual([]);
  });

  it("tells no more than the limit, and the authors first", () => {
    const mentionedIds = Array.from({ length: 10_000 }, (_, index) => `person-${index}`);
    const told = recipientsOfComment({ ...comment, parentAuthorId: "kim", mentionedIds });
    expect(told).toHaveLength(MAX_RECIPIENTS);
    expect(told.slice(0, 2).map(({ personId }) => personId)).toEqual(["kim", "author"]);
  });

  it("never tells the actor, and nobody twice", () => {
    const person = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(person, person, fc.option(person), fc.array(person), (actorId, postAuthorId, parentAuthorId, mentionedIds) => {
        const told = recipientsOfComment({ actorId, postAuthorId, parentAuthorId, mentionedIds }).map(({ personId }) => personId);
        expect(told).not.toContain(actorId);
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });
});

describe("what is said", () => {
  const details = { boardSlug: "free", title: "", excerpt: "", commentId: null };

  it("leads to the post, or to the comment in it", () => {
    expect(hrefOf("board.post", "p1", details)).toBe("/boards/free/p1");
    expect(hrefOf("board.post", "p1", { ...details, commentId: "c1" })).toBe("/boards/free/p1#comment-c1");
    expect(hrefOf("board.post", "p1", { ...details, boardSlug: "자유/게시판" })).not.toContain("자유/");
  });

  it("makes one line of a text and leaves a short one whole", () => {
    expect(excerptOf("  첫 줄\n\n둘째\t줄 ")).toBe("첫 줄 둘째 줄");
    expect(excerptOf("가".repeat(140))).toBe("가".repeat(140));
  });

  it("cuts between characters, never inside one", () => {
    const family = "👨‍👩‍👧‍👦";
    expect(excerptOf(family.repeat(200))).toBe(`${family.repeat(140)}…`);
    const decomposed = "각".normalize("NFD");
    expect(excerptOf(decomposed.repeat(141))).toBe(`${decomposed.repeat(140)}…`);
  });
});

describe("a cursor", () => {
  it("is a sequence number, or nothing for the newest", () => {
    expect(parseCursor("17")).toBe(17);
    expect(parseCursor(undefined)).toBeGreaterThan(2_000_000_000);
  });

  it.each(["-1", "1.5", "x", "", "99999999999", "4294967295", " 7", "0x10"])("refuses %j", (cursor) => {
    expect(() => parseCursor(cursor)).toThrow("notification.cursorInvalid");
  });
});
