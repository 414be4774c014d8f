import type { Ctx, TxCtx } from "../../../tools";

/** The accounts whose grace is over, those that were due first before the others. */
export const listErasable = (ctx: Pick<Ctx, "db" | "now">, limit: number): Promise<{ id: string; personId: string }[]> =>
  ctx.db.account.findMany({
    where: { eraseAfter: { lte: ctx.now() }, erasedAt: null },
    orderBy: { eraseAfter: "asc" },
    take: limit,
    select: { id: true, personId: true },
  });

/** The account when it may still be erased, locked: an administrator who undoes the deletion at the same moment comes before or after. */
export const lockErasable = async (tx: TxCtx, accountId: string): Promise<boolean> => {
  const row = await tx.sql
    .selectFrom("account")
    .select("id")
    .where("id", "=", accountId)
    .where("erase_after", "<=", tx.now())
    .where("erased_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
};

/** The account of a person and the address that it has verified; null for who has none. */
export const findAccountFacts = (
  { db }: Pick<TxCtx, "db"> | Pick<Ctx, "db">,
  personId: string,
): Promise<{ id: string; verifiedMail: string | null } | null> =>
  db.account.findUnique({ where: { personId }, select: { id: true, verifiedMail: true } });
