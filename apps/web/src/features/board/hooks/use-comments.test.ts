import type { CommentView } from "@maru/api/board/contract";
import { describe, expect, it } from "vitest";
import { insertComment, toThreads } from "./use-comments";

const comment = (id: string, parentId: string | null = null) => ({ id, parentId }) as CommentView;
const ids = (comments: readonly CommentView[]) => comments.map(({ id }) => id).join(" ");

describe("threads", () => {
  it("hold each comment with its replies, in the order in which they came", () => {
    const threads = toThreads([comment("a"), comment("a1", "a"), comment("a2", "a"), comment("b"), comment("b1", "b")]);
    expect(threads.map((thread) => `${thread.comment.id}: ${ids(thread.replies)}`)).toEqual(["a: a1 a2", "b: b1"]);
  });

  it("lose no reply whose comment is missing", () => {
    expect(toThreads([comment("x1", "x"), comment("b")]).map((thread) => thread.comment.id)).toEqual(["x1", "b"]);
  });
});

describe("a new comment", () => {
  const shown = [comment("a"), comment("a1", "a"), comment("b")];
  it("stands at the end, a reply behind the last of its thread", () => {
    expect(ids(insertComment(shown, comment("c")))).toBe("a a1 b c");
    expect(ids(insertComment(shown, comment("a2", "a")))).toBe("a a1 a2 b");
    expect(ids(insertComment(shown, comment("b1", "b")))).toBe("a a1 b b1");
  });
  it("stands there once, also when the list was read again meanwhile", () => {
    expect(ids(insertComment(shown, comment("b")))).toBe("a a1 b");
  });
});
