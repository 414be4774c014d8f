import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { listPersonViews } from "../../directory/service";
import { type decideRoleChangeInput, identityErrors, type RoleChangeView, type RoleDecisionView } from "../contract";
import { can, RIGHT_OF_RIGHTS } from "../policy";
import { findActorRow } from "../queries";
import { effectiveOf } from "../role-graph";
import { moveRole } from "./assignments";
import { listAdministrators, lockRights, namedRole, openRightsDesk, type RightsDesk, readRoles, type StoredRole } from "./rights-desk";

type StoredChange = {
  readonly id: string;
  readonly kind: "GRANT" | "TAKE";
  readonly accountId: string;
  readonly roleId: string;
  readonly departmentId: string | null;
  readonly requestedById: string;
  readonly expiresAt: Date;
};

const MOST_CHANGES = 100;

/** What waits for a second administrator. */
export const listRoleChanges = async (ctx: Ctx): Promise<RoleChangeView[]> => {
  const rows = await ctx.db.roleChange.findMany({
    where: { state: "PENDING", expiresAt: { gt: ctx.now() } },
    include: { account: { select: { personId: true } } },
    orderBy: { requestedAt: "asc" },
    take: MOST_CHANGES,
  });
  const [roles, administrators, people] = await Promise.all([
    readRoles(ctx),
    listAdministrators(ctx.sql),
    listPersonViews(
      ctx,
      rows.flatMap(({ account, requestedById }) => [account.personId, requestedById]),
    ),
  ]);
  const mayDecide = can.changeRights(ctx.actor.permissions);
  return rows.flatMap((row) => {
    const person = people.get(row.account.personId);
    if (!person) return [];
    return {
      id: row.id,
      kind: row.kind,
      person,
      role: namedRole(roles.get(row.roleId) as StoredRole),
      requestedBy: people.get(row.requestedById) ?? null,
      requestedAt: row.requestedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      can: {
        approve: mayDecide && can.approve(row, ctx.actor.id, administrators),
        refuse: mayDecide && can.refuse(row, ctx.actor.id, administrators),
      },
    };
  });
};

const DECISION_ACTIONS = {
  APPROVED: "identity.role-change.approve",
  REFUSED: "identity.role-change.refuse",
  EXPIRED: "identity.role-change.expire",
} as const;

/** What became of a request, in its row and in the record. */
const close = async (tx: TxCtx, change: StoredChange, state: "APPROVED" | "REFUSED" | "EXPIRED", why?: string): Promise<void> => {
  const decided = state === "EXPIRED" ? {} : { decidedById: tx.actor.id, decidedAt: tx.now() };
  await tx.db.roleChange.update({ where: { id: change.id }, data: { state, ...decided } });
  const { kind, accountId, roleId, requestedById } = change;
  tx.record({
    action: DECISION_ACTIONS[state],
    subjectType: "identity.role-change",
    subjectId: change.id,
    details: { kind, accountId, roleId, requestedById, ...(why ? { why } : {}) },
  });
};

/** Why a request is good for nothing any more: its time is over, or who asked could not ask today. */
const findReasonAgainst = async (tx: TxCtx, { roles }: RightsDesk, change: StoredChange): Promise<string | null> => {
  if (change.expiresAt <= tx.now()) return "expired";
  const requester = await findActorRow(tx.sql, change.requestedById);
  const held = new Set(requester?.permissions);
  return held.has(RIGHT_OF_RIGHTS) && can.handle(held, effectiveOf(roles, change.roleId)) ? null : "requester";
};

/** The second administrator agrees or refuses; who asked can take the request back. */
export const decideRoleChange = (ctx: Ctx, input: z.output<typeof decideRoleChangeInput>): Promise<RoleDecisionView> =>
  ctx.tx(async (tx) => {
    const desk = await openRightsDesk(tx);
    const change = await tx.db.roleChange.findUnique({ where: { id: input.id, state: "PENDING" } });
    if (!change) throw identityErrors.roleChangeNotFound();
    const may = input.decision === "APPROVE" ? can.approve : can.refuse;
    if (!may(change, tx.actor.id, desk.administrators)) throw identityErrors.secondAdministratorNeeded();
    if (input.decision === "REFUSE") {
      await close(tx, change, "REFUSED");
      return { outcome: "refused" };
    }
    desk.refuseBeyond(effectiveOf(desk.roles, change.roleId));
    const reason = await findReasonAgainst(tx, desk, change);
    if (reason !== null) {
      await close(tx, change, "EXPIRED", reason);
      return { outcome: "void" };
    }
    await moveRole(tx, desk, { ...change, agreed: { requestedById: change.requestedById } });
    await close(tx, change, "APPROVED");
    return { outcome: "approved" };
  });

/** Closes the requests whose time is over, so that the record says what became of each; the next run takes those beyond the first hundred. */
export const expireRoleChanges = (ctx: Ctx): Promise<void> =>
  ctx.tx(async (tx) => {
    await lockRights(tx.sql);
    const over = await tx.db.roleChange.findMany({ where: { state: "PENDING", expiresAt: { lte: tx.now() } }, take: MOST_CHANGES });
    for (const change of over) await close(tx, change, "EXPIRED", "expired");
  });

/** What a notice tells of a request, as long as it waits. */
export const findRoleChangeFacts = async (
  ctx: Pick<Ctx, "db" | "sql">,
  changeId: string,
): Promise<{ readonly personName: string; readonly deciderIds: readonly string[] } | null> => {
  const change = await ctx.db.roleChange.findUnique({ where: { id: changeId, state: "PENDING" }, include: { account: true } });
  if (!change) return null;
  const administrators = await listAdministrators(ctx.sql);
  const people = await listPersonViews(ctx, [change.account.personId]);
  return {
    personName: people.get(change.account.personId)?.name ?? "",
    deciderIds: administrators.map(({ personId }) => personId).filter((personId) => can.approve(change, personId, administrators)),
  };
};
