import type { Ctx } from "../../../tools";
import type { FactorRule } from "../contract";
import { ACTOR_HINT } from "./actors";
import { openRightsDesk } from "./rights-desk";

/** Says what a role asks of its holders in matters of second factors. It counts for every role, the built-in ones too: their rights stay what they are. */
export const setFactorRule = (ctx: Ctx, { id, rule }: { id: string; rule: FactorRule }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    const { id: roleId } = desk.role(id);
    const before = await tx.db.role.findUniqueOrThrow({ where: { id: roleId }, select: { factorRule: true } });
    if (before.factorRule === rule) return { done: true };
    await tx.db.role.update({ where: { id: roleId }, data: { factorRule: rule } });
    tx.record({
      action: "identity.role.set-factor-rule",
      subjectType: "identity.role",
      subjectId: roleId,
      details: { before: before.factorRule, after: rule },
    });
    // Whoever it concerns is asked anew by every door; an empty name is everybody.
    tx.hint(ACTOR_HINT, "");
    return { done: true };
  });
