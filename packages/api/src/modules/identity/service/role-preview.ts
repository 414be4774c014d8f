import { sql as raw } from "kysely";
import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { PRESENT_STATES } from "../../directory/contract";
import { listPersonViews } from "../../directory/service";
import { identityErrors, type previewRoleChangeInput, type RolePreview } from "../contract";
import { effectiveOf, type Holding, type RoleGraph, rightsOf, rolesIncluding, without } from "../role-graph";
import { DEPARTMENT_SCOPED } from "../roles";
import { readRoles, type StoredRole } from "./rights-desk";
import { graphWith } from "./roles";

const SHOWN_PEOPLE = 12;
const NEW_ROLE: StoredRole = {
  ...{ id: "00000000-0000-0000-0000-000000000000", key: "", name: "", nameEn: "", isBuiltIn: false, factorRule: "OPTIONAL", version: 1 },
  ...{ updatedAt: new Date(0), updatedById: null, permissions: [], includedIds: [] },
};

/** All that those people have who have one of these roles: what they lose by one role they may keep by another. */
const holdingsOf = async (ctx: Ctx, roleIds: readonly string[]): Promise<ReadonlyMap<string, readonly Holding[]>> => {
  const rows = await ctx.sql
    .selectFrom("role_assignment as ra")
    .innerJoin("account as a", "a.id", "ra.account_id")
    .innerJoin("person as p", "p.id", "a.person_id")
    .where("p.state", "in", PRESENT_STATES)
    .where("a.state", "=", "ACTIVE")
    .where(
      raw<boolean>`ra.account_id in (select holder.account_id from role_assignment holder where holder.role_id = any(${roleIds}::uuid[]))`,
    )
    .select(["a.person_id", "ra.role_id", "ra.department_id"])
    .orderBy("a.person_id")
    .execute();
  const holdings = new Map<string, Holding[]>();
  for (const { person_id, role_id, department_id } of rows) {
    const own = holdings.get(person_id) ?? [];
    own.push({ roleId: role_id, departmentId: department_id });
    holdings.set(person_id, own);
  }
  return holdings;
};

type Turn = { readonly gains: boolean; readonly loses: boolean };

/** What a change turns for each person. Many have the same roles: each combination is worked out once. */
const turnsOf = (before: RoleGraph, after: RoleGraph, holdings: ReadonlyMap<string, readonly Holding[]>): ReadonlyMap<string, Turn> => {
  const known = new Map<string, Turn>();
  const turnOf = (own: readonly Holding[]): Turn => {
    const [was, willBe] = [rightsOf(before, own, DEPARTMENT_SCOPED), rightsOf(after, own, DEPARTMENT_SCOPED)];
    const differs = (more: typeof was, less: typeof was) =>
      without(more.everywhere, less.everywhere).length + without(more.inDepartments, less.inDepartments).length > 0;
    return { gains: differs(willBe, was), loses: differs(was, willBe) };
  };
  const turns = new Map<string, Turn>();
  for (const [personId, own] of holdings) {
    const key = own
      .map(({ roleId, departmentId }) => `${roleId} ${departmentId}`)
      .sort()
      .join();
    const turn = known.get(key) ?? turnOf(own);
    known.set(key, turn);
    if (turn.gains || turn.loses) turns.set(personId, turn);
  }
  return turns;
};

/** What a role would come to, and for whom, before anything is saved. */
export const previewRoleChange = async (ctx: Ctx, input: z.output<typeof previewRoleChangeInput>): Promise<RolePreview> => {
  const roles = await readRoles(ctx);
  const role = input.id === undefined ? NEW_ROLE : roles.get(input.id);
  if (!role) throw identityErrors.roleNotFound();
  if (role.isBuiltIn) throw identityErrors.roleBuiltIn();
  const next = graphWith(roles, role, input);
  const [was, willBe] = [effectiveOf(roles, role.id), effectiveOf(next, role.id)];
  const concerned = rolesIncluding(next, role.id).map(({ id }) => id);
  const turns = turnsOf(roles, next, await holdingsOf(ctx, concerned));
  const people = await listPersonViews(ctx, [...turns.keys()].slice(0, SHOWN_PEOPLE));
  const count = (kind: keyof Turn) => [...turns.values()].filter((turn) => turn[kind]).length;
  return {
    added: without(willBe, was),
    removed: without(was, willBe),
    gaining: count("gains"),
    losing: count("loses"),
    people: turns.size,
    examples: [...people.values()],
  };
};
