import type { Database } from "@maru/db/client";
import { newId } from "@maru/platform/crypto/id";
import type { z } from "zod";
import { PERMISSIONS } from "../../../permissions";
import type { Ctx, TxCtx } from "../../../tools";
import { listPersonViews } from "../../directory/service";
import {
  type createRoleInput,
  type deleteRoleInput,
  identityErrors,
  type PermissionView,
  type RoleView,
  type updateRoleInput,
} from "../contract";
import { can, rules } from "../policy";
import { effectiveOf, isCircular, type RoleGraph, rolesIncluding, without, withRole } from "../role-graph";
import { BUILT_IN_ROLE_DEFINITIONS, DEPARTMENT_SCOPED } from "../roles";
import { ACTOR_HINT } from "./actors";
import { openRightsDesk, type RightsDesk, readRoles, type StoredRole } from "./rights-desk";

/** Enough for every duty of a large organisation, and few enough to be read whole. */
export const MAX_ROLES = 500;

/**
 * Brings the built-in roles and what they may do to the state of the code. Runs after the migrations, in a transaction; assignments and
 * roles that an administrator made are left alone.
 */
export const syncBuiltInRoles = async (database: Pick<Database, "prisma">): Promise<void> => {
  await database.prisma.$transaction(async (db) => {
    for (const [key, { id, name, nameEn, permissions, factorRule }] of Object.entries(BUILT_IN_ROLE_DEFINITIONS)) {
      const role = await db.role.upsert({
        where: { key },
        create: { id, key, name, nameEn, isBuiltIn: true, factorRule },
        update: { name, nameEn, isBuiltIn: true },
      });
      const wanted: readonly string[] = permissions === "all" ? PERMISSIONS : permissions;
      await db.rolePermission.deleteMany({ where: { roleId: role.id, permission: { notIn: [...wanted] } } });
      await db.rolePermission.createMany({ data: wanted.map((permission) => ({ roleId: role.id, permission })), skipDuplicates: true });
    }
  });
};

/** Everything that can be allowed. The words for each key stand in the message catalogues of the rights page. */
export const listPermissions = (): PermissionView[] =>
  PERMISSIONS.map((key) => ({
    key,
    module: key.slice(0, key.indexOf(".")),
    scope: DEPARTMENT_SCOPED.includes(key) ? "department" : "everywhere",
  }));

const toRoleViews = async (ctx: Ctx | TxCtx, roles: RoleGraph<StoredRole>, shown: readonly StoredRole[]): Promise<RoleView[]> => {
  const holders = new Map(
    (await ctx.db.roleAssignment.groupBy({ by: ["roleId"], _count: true })).map(({ roleId, _count }) => [roleId, _count]),
  );
  const people = await listPersonViews(
    ctx,
    shown.flatMap(({ updatedById }) => updatedById ?? []),
  );
  const included = new Set([...roles.values()].flatMap(({ includedIds }) => includedIds));
  return shown.map((role) => {
    const { id, key, name, nameEn, isBuiltIn, factorRule, version, updatedAt, updatedById, permissions, includedIds } = role;
    const effective = effectiveOf(roles, id);
    const change = can.changeRole(ctx.actor.permissions, role, effective);
    const holderCount = holders.get(id) ?? 0;
    return {
      ...{ id, key, name, nameEn, isBuiltIn, factorRule, version, holderCount },
      permissions: [...permissions].sort(),
      includedIds: [...includedIds],
      effective: [...effective].sort(),
      isProtected: rules.isProtected(effective, null),
      updatedAt: updatedAt.toISOString(),
      updatedBy: people.get(updatedById ?? "") ?? null,
      can: { change, delete: change && holderCount === 0 && !included.has(id), assign: can.handle(ctx.actor.permissions, effective) },
    };
  });
};

/** Every role: what it holds, how many have it, and what the actor may do with it. */
export const listRoles = async (ctx: Ctx): Promise<RoleView[]> => {
  const roles = await readRoles(ctx);
  return toRoleViews(ctx, roles, [...roles.values()]);
};

type Wanted = { readonly permissions: readonly string[]; readonly includedIds: readonly string[] };

/** The graph with a role as it is wanted; refuses what no role can be. */
export const graphWith = (roles: RoleGraph<StoredRole>, role: StoredRole, wanted: Wanted): RoleGraph<StoredRole> => {
  const unknown = wanted.permissions.filter((key) => !PERMISSIONS.some((known) => known === key));
  if (unknown.length > 0) throw identityErrors.permissionUnknown({ permissions: unknown });
  for (const id of wanted.includedIds) {
    const included = roles.get(id);
    if (!included) throw identityErrors.roleNotFound();
    // The highest role is given by its name alone, so that everybody who has it can be counted.
    if (included.key === "system-admin") throw identityErrors.roleNotIncludable();
  }
  const next = withRole(roles, { ...role, permissions: [...new Set(wanted.permissions)], includedIds: [...new Set(wanted.includedIds)] });
  if (isCircular(next, role.id)) throw identityErrors.roleCircular();
  return next;
};

const refuseTakenName = ({ roles }: RightsDesk, id: string, input: { name: string; nameEn: string }): void => {
  const same = (a: string, b: string) => a.normalize("NFKC").toLowerCase() === b.normalize("NFKC").toLowerCase();
  for (const other of roles.values()) {
    if (other.id !== id && (same(other.name, input.name) || same(other.nameEn, input.nameEn))) throw identityErrors.roleNameTaken();
  }
};

const whatOf = ({ name, nameEn, permissions, includedIds }: Pick<StoredRole, "name" | "nameEn"> & Wanted) => ({
  ...{ name, nameEn },
  permissions: [...permissions].sort(),
  includedIds: [...includedIds].sort(),
});

const writeGrants = async (tx: TxCtx, { id, permissions, includedIds }: StoredRole): Promise<void> => {
  await tx.db.rolePermission.deleteMany({ where: { roleId: id } });
  await tx.db.roleInclusion.deleteMany({ where: { roleId: id } });
  await tx.db.rolePermission.createMany({ data: permissions.map((permission) => ({ roleId: id, permission })) });
  await tx.db.roleInclusion.createMany({ data: includedIds.map((includedId) => ({ roleId: id, includedId })) });
};

const viewOne = async (tx: TxCtx, id: string): Promise<RoleView> => {
  const roles = await readRoles(tx);
  const [view] = await toRoleViews(tx, roles, [roles.get(id) as StoredRole]);
  return view as RoleView;
};

/** Makes a role that holds no more than the actor does. */
export const createRole = (ctx: Ctx, input: z.output<typeof createRoleInput>): Promise<RoleView> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    if (desk.roles.size >= MAX_ROLES) throw identityErrors.tooManyRoles();
    const id = newId();
    const { name, nameEn } = input;
    const own = {
      key: `role-${id}`,
      name,
      nameEn,
      isBuiltIn: false,
      factorRule: "OPTIONAL" as const,
      version: 1,
      updatedAt: tx.now(),
      updatedById: tx.actor.id,
    };
    const next = graphWith(desk.roles, { id, ...own, permissions: [], includedIds: [] }, input);
    desk.refuseBeyond(effectiveOf(next, id));
    refuseTakenName(desk, id, input);
    const role = next.get(id) as StoredRole;
    await tx.db.role.create({ data: { id, ...own } });
    await writeGrants(tx, role);
    tx.record({ action: "identity.role.create", subjectType: "identity.role", subjectId: id, details: { after: whatOf(role) } });
    return viewOne(tx, id);
  });

// A role with the right to give rights stays as it is while somebody has it or shall get it: changing it would do alone what takes two.
const refuseProtected = async (tx: TxCtx, before: RoleGraph<StoredRole>, after: RoleGraph<StoredRole>, id: string): Promise<void> => {
  const concerned = rolesIncluding(after, id).filter((role) => {
    const [was, willBe] = [effectiveOf(before, role.id), effectiveOf(after, role.id)];
    const isChanged = without(was, willBe).length + without(willBe, was).length > 0;
    return isChanged && (rules.isProtected(was, null) || rules.isProtected(willBe, null));
  });
  const roleId = { in: concerned.map((role) => role.id) };
  const holders = await tx.db.roleAssignment.count({ where: { roleId, departmentId: null } });
  const waiting = await tx.db.roleChange.count({ where: { roleId, state: "PENDING" } });
  if (holders + waiting > 0) throw identityErrors.protectedRoleAssigned();
};

const changeable = async (tx: TxCtx, desk: RightsDesk, id: string, version: number): Promise<StoredRole> => {
  const role = desk.role(id);
  if (role.isBuiltIn) throw identityErrors.roleBuiltIn();
  desk.refuseBeyond(effectiveOf(desk.roles, id));
  if (role.version !== version) throw identityErrors.roleChanged({ current: await viewOne(tx, id) });
  return role;
};

/** Saves a role as a whole, unless somebody saved it since `version` was read. */
export const updateRole = (ctx: Ctx, input: z.output<typeof updateRoleInput>): Promise<RoleView> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    const { id, name, nameEn } = input;
    const before = await changeable(tx, desk, id, input.version);
    const next = graphWith(desk.roles, { ...before, name, nameEn }, input);
    desk.refuseBeyond(effectiveOf(next, id));
    refuseTakenName(desk, id, input);
    await refuseProtected(tx, desk.roles, next, id);
    const after = next.get(id) as StoredRole;
    await tx.db.role.update({
      where: { id },
      data: { name, nameEn, version: { increment: 1 }, updatedAt: tx.now(), updatedById: tx.actor.id },
    });
    await writeGrants(tx, after);
    const details = { before: whatOf(before), after: whatOf(after) };
    tx.record({ action: "identity.role.change", subjectType: "identity.role", subjectId: id, details });
    // Whoever has it, directly or through another role: all doors ask anew.
    tx.hint(ACTOR_HINT);
    return viewOne(tx, id);
  });

/** Deletes a role that nobody has, that nobody shall get and that no other role includes. */
export const deleteRole = (ctx: Ctx, { id, version }: z.output<typeof deleteRoleInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    const role = await changeable(tx, desk, id, version);
    const uses = await tx.db.role.findUniqueOrThrow({
      where: { id },
      select: { _count: { select: { assignments: true, includedIn: true, changes: { where: { state: "PENDING" } } } } },
    });
    const { assignments, includedIn, changes } = uses._count;
    if (assignments + includedIn + changes > 0) throw identityErrors.roleInUse({ people: assignments, roles: includedIn });
    await tx.db.roleChange.deleteMany({ where: { roleId: id } });
    await writeGrants(tx, { ...role, permissions: [], includedIds: [] });
    await tx.db.role.delete({ where: { id } });
    tx.record({ action: "identity.role.delete", subjectType: "identity.role", subjectId: id, details: { before: whatOf(role) } });
    return { done: true };
  });
