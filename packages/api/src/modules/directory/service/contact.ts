import type { Ctx, TxCtx } from "../../../tools";

/** What a person is called and reached by; null for nobody. */
export const findContact = (
  { db }: Pick<TxCtx, "db"> | Pick<Ctx, "db">,
  personId: string,
): Promise<{ name: string; nameEn: string | null; email: string | null } | null> =>
  db.person.findUnique({ where: { id: personId }, select: { name: true, nameEn: true, email: true } });
