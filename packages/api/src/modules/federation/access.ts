import type { Subject } from "../../subjects";

/** How somebody signs in elsewhere is her own affair alone. */
const account: Subject = {
  canRead: async (ctx, ids) => new Set(ids.filter((id) => id === ctx.actor.accountId)),
};

/** Who may read what this module owns. */
export const subjects = { "federation.account": account } as const;
