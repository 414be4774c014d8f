import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentCursor, FIRST_COMMENT_PLACE, FIRST_POST_PLACE, parseCommentCursor, parsePostCursor, postCursor } from "./domain";

const at = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });

describe("cursors", () => {
  it("come back as they went out", () => {
    fc.assert(
      fc.property(fc.boolean(), at, fc.uuid(), fc.uuid(), (flag, date, id, threadId) => {
        const post = { isPinned: flag, at: date, id };
        const comment = { threadId, isReply: flag, id };
        expect(parsePostCursor(postCursor(post))).toEqual(post);
        expect(parseCommentCursor(commentCursor(comment))).toEqual(comment);
      }),
    );
    expect(parsePostCursor(postCursor(FIRST_POST_PLACE))).toEqual(FIRST_POST_PLACE);
    expect(parseCommentCursor(commentCursor(FIRST_COMMENT_PLACE))).toEqual(FIRST_COMMENT_PLACE);
  });

  it("are refused when we did not make them", () => {
    const cut = postCursor(FIRST_POST_PLACE).slice(0, -3);
    const injected = Buffer.from("1.1.x'; drop table post").toString("base64url");
    for (const forged of ["", "x", "null", "[object Object]", cut, injected, commentCursor(FIRST_COMMENT_PLACE)]) {
      expect(() => parsePostCursor(forged)).toThrow("board.cursorInvalid");
    }
    const isRefused = (text: string) => {
      expect(() => parsePostCursor(text)).toThrow("board.cursorInvalid");
      expect(() => parseCommentCursor(text)).toThrow("board.cursorInvalid");
    };
    fc.assert(fc.property(fc.string(), isRefused));
    // A date that no database can hold.
    isRefused(Buffer.from(`1.999999999999999.${FIRST_POST_PLACE.id}`).toString("base64url"));
  });
});
