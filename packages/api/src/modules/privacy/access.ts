import type { Subject } from "../../subjects";

/** The file with everything about a person is hers alone, as long as it is kept; no role opens it, and no token of a script. */
const personExport: Subject = {
  canRead: async ({ db, actor, now }, ids) => {
    if (ids.length === 0 || actor.tokenId !== undefined) return new Set();
    const rows = await db.personExport.findMany({
      where: { id: { in: [...ids] }, personId: actor.id, state: "READY", expiresAt: { gt: now() } },
      select: { id: true },
    });
    return new Set(rows.map(({ id }) => id));
  },
};

/** Who may read what this module owns. */
export const subjects = { "privacy.export": personExport } as const;
