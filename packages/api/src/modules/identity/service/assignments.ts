import { newId } from "@maru/platform/crypto/id";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { directoryErrors } from "../../directory/contract";
import { listPersonViews } from "../../directory/service";
import {
  type AssignmentView,
  type assignRoleInput,
  identityErrors,
  type listRoleHoldersInput,
  type RoleChangeOutcome,
  type RoleHolderPage,
  type unassignRoleInput,
} from "../contract";
import { roleChangeRequested } from "../events";
import { can, type RoleChangeFacts, rules } from "../policy";
import { effectiveOf, type RoleGraph } from "../role-graph";
import { ACTOR_HINT } from "./actors";
import { namedRole, openRightsDesk, type RightsDesk, readRoles, type StoredRole, takesTwo } from "./rights-desk";
import { endSessionsOf } from "./sessions";

/** How long a request waits for the second administrator. */
const REQUEST_TTL_MS = 7 * 24 * 60 * 60 * 1000;

/** A role that somebody gets or loses, with what the record should say about how it came to that. */
export type Move = Omit<RoleChangeFacts, "requestedById"> & {
  readonly roleId: string;
  readonly departmentId: string | null;
  readonly agreed: { readonly isAlone?: true; readonly requestedById?: string };
};

/** Gives or takes, behind the lock, what has been decided. */
export const moveRole = async (tx: TxCtx, { roles, administrators }: RightsDesk, move: Move): Promise<void> => {
  const { kind, accountId, roleId, departmentId, agreed } = move;
  const role = roles.get(roleId) as StoredRole;
  const isHighest = role.key === "system-admin" && departmentId === null;
  if (kind === "TAKE" && isHighest && !rules.keepsAdministrator(administrators, accountId)) throw identityErrors.lastAdministrator();
  if (kind === "GRANT") {
    const data = { id: newId(), accountId, roleId, departmentId, assignedById: tx.actor.id, assignedAt: tx.now() };
    await tx.db.roleAssignment.createMany({ data, skipDuplicates: true });
  } else {
    await tx.db.roleAssignment.deleteMany({ where: { accountId, roleId, departmentId, sourceId: null } });
  }
  const what = { role: role.key, name: role.name, departmentId };
  tx.record({
    action: kind === "GRANT" ? "identity.account.assign-role" : "identity.account.unassign-role",
    subjectType: "identity.account",
    subjectId: accountId,
    details: kind === "GRANT" ? { before: null, after: what, ...agreed } : { before: what, after: null, ...agreed },
  });
  tx.hint(ACTOR_HINT, accountId);
  // Rights never stand in a token, so most changes only make the doors ask anew. With the right to give rights the session ends too: what was
  // opened before, by whomever, is not what acts with it.
  if (takesTwo(roles, roleId, departmentId)) await endSessionsOf(tx, accountId, "rights-changed");
};

const askSecond = async (tx: TxCtx, { kind, accountId, roleId, departmentId }: Move): Promise<void> => {
  const key = { accountId, roleId, departmentId };
  const now = tx.now();
  const open = { ...key, state: "PENDING" as const };
  await tx.db.roleChange.updateMany({ where: { ...open, expiresAt: { lte: now } }, data: { state: "EXPIRED" } });
  if ((await tx.db.roleChange.count({ where: open })) > 0) throw identityErrors.roleChangePending();
  const id = newId();
  const expiresAt = new Date(now.getTime() + REQUEST_TTL_MS);
  await tx.db.roleChange.create({ data: { id, kind, ...key, requestedById: tx.actor.id, requestedAt: now, expiresAt } });
  tx.record({
    action: "identity.role-change.request",
    subjectType: "identity.role-change",
    subjectId: id,
    details: { kind, ...key, expiresAt: expiresAt.toISOString() },
  });
  tx.emit(roleChangeRequested, { changeId: id });
};

// One person is enough for most roles. For the right to give rights it takes a second one, as long as there is one who can be asked.
const moveOrAsk = async (tx: TxCtx, desk: RightsDesk, move: Move): Promise<RoleChangeOutcome> => {
  desk.refuseBeyond(effectiveOf(desk.roles, move.roleId));
  if (!takesTwo(desk.roles, move.roleId, move.departmentId)) {
    await moveRole(tx, desk, move);
    return { outcome: "done", isAlone: false };
  }
  if (rules.secondsFor({ ...move, requestedById: tx.actor.id }, desk.administrators).length === 0) {
    await moveRole(tx, desk, { ...move, agreed: { isAlone: true } });
    return { outcome: "done", isAlone: true };
  }
  await askSecond(tx, move);
  return { outcome: "pending", isAlone: false };
};

/** Gives a person a role, everywhere or for one department with all below it. What she has already stays as it is. */
export const assignRole = (ctx: Ctx, input: z.output<typeof assignRoleInput>): Promise<RoleChangeOutcome> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    const { personId, roleId, departmentId } = input;
    desk.role(roleId);
    const account = await tx.db.account.findUnique({ where: { personId } });
    if (!account) throw identityErrors.personWithoutAccount();
    if (departmentId && (await tx.db.department.count({ where: { id: departmentId } })) === 0) throw directoryErrors.departmentNotFound();
    const key = { accountId: account.id, roleId, departmentId };
    if ((await tx.db.roleAssignment.count({ where: { ...key, sourceId: null } })) > 0) return { outcome: "done", isAlone: false };
    return moveOrAsk(tx, desk, { kind: "GRANT", ...key, agreed: {} });
  });

/** Takes a role from a person. */
export const unassignRole = (ctx: Ctx, { id }: z.output<typeof unassignRoleInput>): Promise<RoleChangeOutcome> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    const assignment = await tx.db.roleAssignment.findUnique({ where: { id } });
    if (!assignment) throw identityErrors.assignmentNotFound();
    const { accountId, roleId, departmentId, sourceId } = assignment;
    if (sourceId !== null) throw identityErrors.assignmentSourced();
    return moveOrAsk(tx, desk, { kind: "TAKE", accountId, roleId, departmentId, agreed: {} });
  });

type StoredAssignment = {
  readonly id: string;
  readonly roleId: string;
  readonly departmentId: string | null;
  readonly assignedById: string | null;
  readonly assignedAt: Date;
  readonly sourceId: string | null;
};

/** Assignments as the rights pages show them, in the same order. */
export const toAssignmentViews = async (
  ctx: Ctx,
  roles: RoleGraph<StoredRole>,
  rows: readonly StoredAssignment[],
): Promise<AssignmentView[]> => {
  const departmentIds = rows.flatMap(({ departmentId }) => departmentId ?? []);
  const [people, departments] = await Promise.all([
    listPersonViews(
      ctx,
      rows.flatMap(({ assignedById }) => assignedById ?? []),
    ),
    departmentIds.length === 0
      ? []
      : ctx.db.department.findMany({ where: { id: { in: departmentIds } }, select: { id: true, name: true, nameEn: true } }),
  ]);
  return rows.map(({ id, roleId, departmentId, assignedById, assignedAt, sourceId }) => ({
    id,
    role: namedRole(roles.get(roleId) as StoredRole),
    department: departments.find((department) => department.id === departmentId) ?? null,
    assignedBy: people.get(assignedById ?? "") ?? null,
    isSourced: sourceId !== null,
    assignedAt: assignedAt.toISOString(),
    can: { take: sourceId === null && can.handle(ctx.actor.permissions, effectiveOf(roles, roleId)) },
  }));
};

/** Who has a role itself, the latest first. */
export const listRoleHolders = async (
  ctx: Ctx,
  { roleId, cursor, limit }: z.output<typeof listRoleHoldersInput>,
): Promise<RoleHolderPage> => {
  const roles = await readRoles(ctx);
  if (!roles.has(roleId)) throw identityErrors.roleNotFound();
  const rows = await ctx.db.roleAssignment.findMany({
    where: { roleId, ...(cursor ? { id: { lt: cursor } } : {}) },
    include: { account: { select: { personId: true } } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const [views, people] = await Promise.all([
    toAssignmentViews(ctx, roles, shown),
    listPersonViews(
      ctx,
      shown.map(({ account }) => account.personId),
    ),
  ]);
  const items = views.flatMap((view, index) => {
    const person = people.get(shown[index]?.account.personId ?? "");
    return person ? [{ ...view, person }] : [];
  });
  return { items, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
};
