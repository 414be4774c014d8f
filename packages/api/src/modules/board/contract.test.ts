import { paragraphs } from "@maru/platform/rich-text";
import { describe, expect, it } from "vitest";
import { addCommentInput, listPostsInput, MAX_ATTACHMENTS, publishPostInput } from "./contract";

const id = "0192f0c1-2b3c-7d4e-8f50-61728394a5b6";
const post = { boardId: id, title: "제목", body: paragraphs("본문") };
const picture = { type: "doc", content: [{ type: "image", attrs: { fileId: id } }] } as const;

describe("publishPostInput", () => {
  it("trims the title and needs one", () => {
    expect(publishPostInput.parse({ ...post, title: "  제목  " })).toEqual({ ...post, title: "제목", attachmentIds: [] });
    expect(publishPostInput.safeParse({ ...post, title: "   " }).success).toBe(false);
    expect(publishPostInput.safeParse({ ...post, title: "가".repeat(201) }).success).toBe(false);
  });

  it("takes nothing that it does not name", () => {
    expect(publishPostInput.safeParse({ ...post, isPinned: true }).success).toBe(false);
    expect(publishPostInput.safeParse({ ...post, authorId: id }).success).toBe(false);
  });

  it("bounds the attachments", () => {
    const attachmentIds = Array.from({ length: MAX_ATTACHMENTS + 1 }, () => id);
    expect(publishPostInput.safeParse({ ...post, attachmentIds }).success).toBe(false);
  });

  it("takes pictures, which a comment does not", () => {
    expect(publishPostInput.safeParse({ ...post, body: picture }).success).toBe(true);
    expect(addCommentInput.safeParse({ postId: id, body: picture }).success).toBe(false);
    expect(addCommentInput.safeParse({ postId: id, body: paragraphs("댓글") }).success).toBe(true);
  });
});

describe("listPostsInput", () => {
  it.each([{ limit: 0 }, { limit: 101 }, { limit: 1.5 }, { limit: "20" }, { cursor: "" }, { page: 2 }, { boardId: "free" }])(
    "refuses %j",
    (changes) => {
      expect(listPostsInput.safeParse({ boardId: id, ...changes }).success).toBe(false);
    },
  );
});
