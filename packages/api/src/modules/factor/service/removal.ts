import type { TxCtx } from "../../../tools";
import { factorErrors } from "../contract";
import { listMethods } from "../queries";
import type { FactorOwner } from "./owner";

/** What follows from a factor that was just taken away: the last one stays where a role keeps it, and takes the recovery codes along where none does. */
export const afterRemoval = async (tx: TxCtx, { accountId }: FactorOwner): Promise<void> => {
  if ((await listMethods(tx, accountId)).length > 0) return;
  if (tx.actor.keepsFactor) throw factorErrors.factorCompulsory();
  await tx.db.recoveryCode.deleteMany({ where: { accountId } });
};
