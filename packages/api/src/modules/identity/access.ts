import type { Subject } from "../../subjects";

/** A session is its owner's alone: no role reads where somebody else has signed in. */
const session: Subject = {
  canRead: async (ctx, ids) => {
    if (ids.length === 0) return new Set();
    const rows = await ctx.db.session.findMany({
      where: { id: { in: [...ids] }, account: { personId: ctx.actor.id } },
      select: { id: true },
    });
    return new Set(rows.map(({ id }) => id));
  },
};

/** A request for a role is read by those who read rights. */
const roleChange: Subject = {
  canRead: async (ctx, ids) => {
    if (ids.length === 0 || !ctx.actor.permissions.has("identity.read-rights")) return new Set();
    const rows = await ctx.db.roleChange.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
    return new Set(rows.map(({ id }) => id));
  },
};

/** What is told of an account is its owner's alone. */
const account: Subject = {
  canRead: async (ctx, ids) => new Set(ids.filter((id) => id === ctx.actor.accountId)),
};

/** Who may read what this module owns. */
export const subjects = { "identity.account": account, "identity.session": session, "identity.role-change": roleChange } as const;
