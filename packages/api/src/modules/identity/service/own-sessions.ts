import type { Ctx } from "../../../tools";
import { identityErrors, type SessionView } from "../contract";
import { readDevice } from "../device";
import { listSessionRows } from "../queries";
import { endSession, SESSION_HINT } from "./sessions";

const MAX_LISTED = 200;

/** The open sessions of the actor, the last used first. What clients do in a service person's name is not hers to see. */
export const listSessions = async (ctx: Ctx): Promise<SessionView[]> => {
  const rows = await listSessionRows(ctx.sql, ctx.actor.id, ctx.now(), MAX_LISTED);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    ...readDevice(row.user_agent),
    address: row.last_address ?? row.address,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    isCurrent: row.id === ctx.actor.sessionId,
  }));
};

/** What a notification tells of a session: by which device and where it was used last. */
export const findSessionFacts = async (
  ctx: Pick<Ctx, "db">,
  id: string,
): Promise<{ device: string | null; address: string | null } | null> => {
  const row = await ctx.db.session.findUnique({ where: { id } });
  if (!row) return null;
  const { browser, system } = readDevice(row.userAgent);
  return { device: [browser, system].filter(Boolean).join(" · ") || null, address: row.lastAddress ?? row.address };
};

/** Ends one session of the actor, the current one included. */
export const revokeSession = async (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> => {
  if (!(await endSession(ctx, id, "revoked"))) throw identityErrors.sessionNotFound();
  return { done: true };
};

/** Signs the actor out everywhere, or everywhere else. Tokens that she made for scripts stay: they are revoked one by one. */
export const revokeSessions = (ctx: Ctx, { keepsCurrent }: { keepsCurrent: boolean }): Promise<{ ended: number }> =>
  ctx.tx(async (tx) => {
    const open = { account: { personId: tx.actor.id }, apiClientId: null, endedAt: null, expiresAt: { gt: tx.now() } };
    const ended = await tx.db.session.updateManyAndReturn({
      where: keepsCurrent && tx.actor.sessionId ? { ...open, id: { not: tx.actor.sessionId } } : open,
      data: { endedAt: tx.now(), endReason: "revoked", version: { increment: 1 } },
      select: { id: true },
    });
    for (const { id } of ended) {
      tx.record({ action: "identity.session.end", subjectType: "identity.session", subjectId: id, details: { reason: "revoked" } });
      tx.hint(SESSION_HINT, id);
    }
    return { ended: ended.length };
  });
