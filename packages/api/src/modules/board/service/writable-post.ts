import type { TxCtx } from "../../../tools";
import { boardErrors } from "../contract";
import type { BoardFacts, PostFacts } from "../policy";
import { isVisible, readerOf } from "../queries";
import { factsOf } from "./present";

const read = (tx: Pick<TxCtx, "sql" | "actor">, id: string) =>
  tx.sql
    .selectFrom("post as p")
    .innerJoin("board as b", "b.id", "p.board_id")
    .select([
      "p.id",
      "p.board_id",
      "p.author_id",
      "p.title",
      "p.body",
      "p.version",
      "p.edited_at",
      "p.edited_by_id",
      "p.deleted_at",
      "p.deleted_by_id",
      "b.department_id",
      "b.posting_by",
    ])
    .where("p.id", "=", id)
    .where(isVisible("b", readerOf(tx.actor)));

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof read>["executeTakeFirst"]>>>;
export type WritablePost = Row & PostFacts & { readonly board: BoardFacts };

const withFacts = (row: Row): WritablePost => ({
  ...row,
  authorId: row.author_id,
  deletedById: row.deleted_by_id,
  board: factsOf(row),
});

/** The post that a command is about, when the actor may know of it. */
export const getWritablePost = async (tx: Pick<TxCtx, "sql" | "actor">, id: string): Promise<WritablePost> => {
  const row = await read(tx, id).where("p.deleted_at", "is", null).executeTakeFirst();
  if (!row) throw boardErrors.postNotFound();
  return withFacts(row);
};

/** The same of a post in the trash. */
export const getTrashedPost = async (tx: Pick<TxCtx, "sql" | "actor">, id: string): Promise<WritablePost> => {
  const row = await read(tx, id).where("p.deleted_at", "is not", null).executeTakeFirst();
  if (!row) throw boardErrors.postNotFound();
  return withFacts(row);
};
