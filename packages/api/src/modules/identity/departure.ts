import { consequence, type Departure } from "../../departures";
import { rules } from "./policy";
import { keepAdministrator, listAdministrators } from "./service/rights-desk";

/** What becomes of an account. It is disabled by whoever hears of the end (see subscriptions.ts); the last administrator is kept. */
export const departure: Departure = {
  module: "identity",
  consequencesFor: async ({ db, sql, now }, personId, kind) => {
    const account = await db.account.findUnique({
      where: { personId },
      select: {
        id: true,
        username: true,
        state: true,
        disabledBy: true,
        assignments: { select: { role: { select: { name: true, nameEn: true } } } },
      },
    });
    if (!account) return [];
    const named = [{ name: account.username }];
    if (kind === "LEAVE") return account.state === "ACTIVE" ? consequence("identity.accountKept", 1, named) : [];
    if (kind === "RETURN") return account.disabledBy === "DEACTIVATION" ? consequence("identity.accountEnabled", 1, named) : [];
    const [sessions, tokens, clients, administrators] = await Promise.all([
      db.session.count({ where: { accountId: account.id, endedAt: null, expiresAt: { gt: now() } } }),
      db.personalToken.count({ where: { accountId: account.id, revokedAt: null, expiresAt: { gt: now() } } }),
      db.apiClient.count({ where: { accountId: account.id, revokedAt: null } }),
      listAdministrators(sql),
    ]);
    const isLast =
      administrators.some(({ accountId }) => accountId === account.id) && !rules.keepsAdministrator(administrators, account.id);
    const roles = account.assignments.map(({ role }) => role);
    return [
      ...consequence("identity.lastAdministrator", isLast ? 1 : 0, [], true),
      ...consequence("identity.accountDisabled", account.state === "ACTIVE" ? 1 : 0, named),
      ...consequence("identity.sessionsEnd", sessions),
      ...consequence("identity.rolesSleep", roles.length, roles),
      ...consequence("identity.tokensSleep", tokens + clients),
    ];
  },
  consequencesOfClosing: async ({ db }, heirs) => {
    const assignments = await db.roleAssignment.findMany({
      where: { departmentId: { in: [...heirs.keys()] } },
      select: { role: { select: { name: true, nameEn: true } } },
    });
    return consequence(
      "identity.departmentRolesSleep",
      assignments.length,
      assignments.map(({ role }) => role),
    );
  },
  refuseEnd: async (tx, personId) => {
    const account = await tx.db.account.findUnique({ where: { personId }, select: { id: true } });
    if (account) await keepAdministrator(tx, account.id);
  },
};
