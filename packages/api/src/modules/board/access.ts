import { sql } from "kysely";
import type { Subject } from "../../subjects";
import { isVisible, readerOf } from "./queries";

/**
 * A post is read by whoever reads its board. One in the trash is read by nobody until it is put back: its pictures are not reachable either.
 */
const post: Subject = {
  canRead: async (ctx, ids) => {
    if (ids.length === 0 || !ctx.actor.permissions.has("board.read")) return new Set();
    const rows = await ctx.sql
      .selectFrom("post as p")
      .innerJoin("board as b", "b.id", "p.board_id")
      .select("p.id")
      .where(sql<boolean>`p.id = any(${ids}::uuid[])`)
      .where("p.deleted_at", "is", null)
      .where(isVisible("b", readerOf(ctx.actor)))
      .execute();
    return new Set(rows.map(({ id }) => id));
  },
};

/** Who may read what this module owns. */
export const subjects = { "board.post": post } as const;
