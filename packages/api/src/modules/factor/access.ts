import type { Subject } from "../../subjects";

/** The second factors of an account are its owner's alone. */
const account: Subject = {
  canRead: async (ctx, ids) => new Set(ids.filter((id) => id === ctx.actor.accountId)),
};

/** Who may read what this module owns. */
export const subjects = { "factor.account": account } as const;
