import type { TxCtx } from "../../../tools";
import { hintActors } from "./actors";
import { lockRights, readRoles, takesTwo } from "./rights-desk";

/** Why an account stays Maru's own: it has a role that takes two administrators, or it is another source's, or about to be erased. */
export type HandOverRefusal = "identity.roleTakesTwo" | "identity.personHasAccount";

/**
 * Lets a directory vouch for the account of a person from now on; the password that it had here is forgotten. Who may set a directory up could
 * let herself in with such an account, so one with a role that takes two administrators stays as it is. A person without an account gets hers
 * with the next run. What was refused is told, and nothing of it has happened.
 */
export const handOverAccount = async (tx: TxCtx, sourceId: string, personId: string): Promise<HandOverRefusal | null> => {
  await lockRights(tx.sql);
  const account = await tx.db.account.findUnique({ where: { personId }, include: { assignments: true } });
  if (!account || account.sourceId === sourceId) return null;
  if (account.sourceId !== null || account.eraseAfter !== null || account.erasedAt !== null) return "identity.personHasAccount";
  const roles = await readRoles(tx);
  if (account.assignments.some(({ roleId, departmentId }) => takesTwo(roles, roleId, departmentId))) return "identity.roleTakesTwo";
  await tx.db.account.update({ where: { id: account.id }, data: { sourceId, passwordHash: null } });
  hintActors(tx, [account.id]);
  const details = { sourceId, hadPassword: account.passwordHash !== null };
  tx.record({ action: "identity.account.hand-over", subjectType: "identity.account", subjectId: account.id, details });
  return null;
};
