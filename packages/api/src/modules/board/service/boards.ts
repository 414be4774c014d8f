import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { type BoardView, boardErrors, type getBoardInput } from "../contract";
import { boards, readerOf, visibleBoards } from "../queries";
import { toBoardView } from "./present";

/** The boards that the actor may read, in the order that the administrators gave them. */
export const listBoards = async (ctx: Pick<Ctx, "pool" | "actor">): Promise<BoardView[]> => {
  const rows = await boards(ctx.pool, readerOf(ctx.actor));
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
