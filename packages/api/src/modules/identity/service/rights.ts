import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { directoryErrors, isPresent } from "../../directory/contract";
import { listPersonViews } from "../../directory/service";
import type { explainRightsInput, RightsView } from "../contract";
import { waysFrom } from "../role-graph";
import { DEPARTMENT_SCOPED } from "../roles";
import { toAssignmentViews } from "./assignments";
import { namedRole, readRoles } from "./rights-desk";

type Permission = RightsView["permissions"][number];
const STRENGTH: Readonly<Record<Permission["effect"], number>> = { everywhere: 2, departments: 1, none: 0 };

/**
 * Why somebody may do something: every permission that comes from one of her roles, with each way by which it comes. What an actor may do is
 * the same told without reasons (see queries.ts), and a property test holds the two together.
 */
export const explainRights = async (ctx: Ctx, { personId }: z.output<typeof explainRightsInput>): Promise<RightsView> => {
  const person = (await listPersonViews(ctx, [personId])).get(personId);
  if (!person) throw directoryErrors.personNotFound();
  const account = await ctx.db.account.findUnique({
    where: { personId },
    include: { assignments: { orderBy: [{ assignedAt: "asc" }, { id: "asc" }] } },
  });
  const roles = await readRoles(ctx);
  const assignments = account?.assignments ?? [];
  const permissions = new Map<string, { effect: Permission["effect"]; origins: Permission["origins"] }>();
  for (const { id, roleId, departmentId } of assignments) {
    for (const way of waysFrom(roles, roleId).values()) {
      for (const key of way.at(-1)?.permissions ?? []) {
        const effect = departmentId === null ? "everywhere" : DEPARTMENT_SCOPED.includes(key) ? "departments" : "none";
        const known = permissions.get(key) ?? { effect, origins: [] };
        if (STRENGTH[effect] > STRENGTH[known.effect]) known.effect = effect;
        known.origins.push({ assignmentId: id, effect, path: way.map(namedRole) });
        permissions.set(key, known);
      }
    }
  }
  return {
    person,
    isActive: account?.state === "ACTIVE" && isPresent(person.state),
    assignments: await toAssignmentViews(ctx, roles, assignments),
    permissions: [...permissions].map(([key, rest]) => ({ key, ...rest })).sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
};
