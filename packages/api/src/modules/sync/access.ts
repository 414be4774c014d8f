import type { Subject } from "../../subjects";

/** A run is read by those who manage sources. */
const run: Subject = {
  canRead: async (ctx, ids) => {
    if (ids.length === 0 || !ctx.actor.permissions.has("sync.manage")) return new Set();
    const rows = await ctx.db.syncRun.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
    return new Set(rows.map(({ id }) => id));
  },
};

/** A file with people that was uploaded, and the rows of it that were refused, are read by those who manage sources. */
const imported: Subject = {
  canRead: async (ctx, ids) => {
    if (ids.length === 0 || !ctx.actor.permissions.has("sync.manage")) return new Set();
    const rows = await ctx.db.syncImport.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
    return new Set(rows.map(({ id }) => id));
  },
};

/** A file with the people of the organisation is for whoever asked for it and said why, as long as it is kept. */
const exported: Subject = {
  canRead: async ({ db, actor, now }, ids) => {
    if (ids.length === 0 || !actor.permissions.has("sync.manage")) return new Set();
    const rows = await db.syncExport.findMany({
      where: { id: { in: [...ids] }, requestedById: actor.id, state: "READY", expiresAt: { gt: now() } },
      select: { id: true },
    });
    return new Set(rows.map(({ id }) => id));
  },
};

/** Who may read what this module owns. */
export const subjects = { "sync.run": run, "sync.import": imported, "sync.export": exported } as const;
