import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { type BoardView, boardErrors, type getBoardInput } from "../contract";
import { isVisible, readerOf } from "../queries";
import { toBoardView } from "./present";

const visibleBoards = (ctx: Pick<Ctx, "sql" | "actor">) =>
  ctx.sql
    .selectFrom("board as b")
    .select([
      "b.id",
      "b.slug",
      "b.name",
      "b.name_en",
      "b.description",
      "b.description_en",
      "b.is_notice",
      "b.department_id",
      "b.posting_by",
    ])
    .where(isVisible("b", readerOf(ctx.actor)));

// Boards are a handful, made by administrators; the bound is there so that no list is without one.
const MOST_BOARDS = 500;

/** The boards that the actor may read, in the order that the administrators gave them. */
export const listBoards = async (ctx: Ctx): Promise<BoardView[]> => {
  const rows = await visibleBoards(ctx).orderBy("b.sort_order").orderBy("b.name").limit(MOST_BOARDS).execute();
  return rows.map((row) => toBoardView(ctx.actor, row));
};

/** A board by the name in its address. */
export const getBoard = async (ctx: Ctx, { slug }: z.output<typeof getBoardInput>): Promise<BoardView> => {
  const row = await visibleBoards(ctx).where("b.slug", "=", slug).executeTakeFirst();
  if (!row) throw boardErrors.boardNotFound();
  return toBoardView(ctx.actor, row);
};

/** The board of this id, when the actor may know of it. */
export const getBoardRow = async (ctx: Pick<Ctx, "sql" | "actor">, id: string) => {
  const row = await visibleBoards(ctx).where("b.id", "=", id).executeTakeFirst();
  if (!row) throw boardErrors.boardNotFound();
  return row;
};
