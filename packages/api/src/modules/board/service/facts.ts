import type { Ctx } from "../../../tools";

type Reader = Pick<Ctx, "sql">;

/** What can be told of a post, or undefined when it was deleted. Asked on nobody's behalf: who may read it is for the subjects registry to say. */
export const findPostFacts = (ctx: Reader, postId: string) =>
  ctx.sql
    .selectFrom("post as p")
    .innerJoin("board as b", "b.id", "p.board_id")
    .select(["p.author_id as authorId", "p.title", "p.body_text as bodyText", "b.slug as boardSlug"])
    .where("p.id", "=", postId)
    .where("p.deleted_at", "is", null)
    .executeTakeFirst();

/** What can be told of a comment, or undefined when it was deleted: whoever wrote the comment that it answers stands beside its text. */
export const findCommentFacts = (ctx: Reader, commentId: string) =>
  ctx.sql
    .selectFrom("comment as c")
    .leftJoin("comment as parent", (join) => join.onRef("parent.id", "=", "c.parent_id").on("parent.deleted_at", "is", null))
    .select(["c.body_text as bodyText", "parent.author_id as parentAuthorId"])
    .where("c.id", "=", commentId)
    .where("c.deleted_at", "is", null)
    .executeTakeFirst();

/** Whether the person likes the post now: a like may have been taken back since it was told. */
export const isLikedBy = async (ctx: Reader, postId: string, personId: string): Promise<boolean> =>
  (await ctx.sql
    .selectFrom("post_like")
    .select("post_id")
    .where("post_id", "=", postId)
    .where("person_id", "=", personId)
    .executeTakeFirst()) !== undefined;
