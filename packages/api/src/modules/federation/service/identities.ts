import { AppError } from "@maru/platform/errors";
import type { Ctx, TxCtx } from "../../../tools";
import { hasPassword } from "../../identity/service";
import { type ExternalIdentitiesView, federationErrors, type ProviderName } from "../contract";
import { identityUnlinked } from "../events";

const accountOf = ({ actor }: Pick<Ctx | TxCtx, "actor">): string => {
  if (!actor.accountId) throw new AppError("unauthenticated", "common.signInRequired");
  return actor.accountId;
};

/** The providers that are set up here. */
export const listProviders = async ({ tools }: Ctx): Promise<ProviderName[]> => [...tools.loginProviders.keys()];

/** Who the actor is elsewhere, as far as she has linked it with her account. */
export const listIdentities = async (ctx: Ctx): Promise<ExternalIdentitiesView> => {
  const rows = await ctx.db.externalIdentity.findMany({ where: { accountId: accountOf(ctx) }, orderBy: { linkedAt: "asc" } });
  return {
    identities: rows.map(({ id, provider, label, linkedAt, lastUsedAt }) => ({
      id,
      provider: provider as ProviderName,
      label,
      linkedAt: linkedAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    providers: await listProviders(ctx),
  };
};

/** Takes the link of an identity with the actor's account away. The last way to sign in stays. */
export const unlinkIdentity = (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const accountId = accountOf(tx);
    // Locked together: of two that are unlinked at once, neither must believe that the other stays.
    const rows = await tx.sql
      .selectFrom("external_identity")
      .select(["id", "provider"])
      .where("account_id", "=", accountId)
      .orderBy("id")
      .forUpdate()
      .execute();
    const found = rows.find((row) => row.id === id);
    if (!found) throw federationErrors.identityNotFound();
    if (rows.length === 1 && !(await hasPassword(tx, accountId))) throw federationErrors.lastWayIn();
    await tx.db.externalIdentity.delete({ where: { id } });
    const provider = found.provider as ProviderName;
    tx.record({
      action: "federation.identity.unlink",
      subjectType: "federation.identity",
      subjectId: id,
      details: { provider, accountId },
    });
    tx.emit(identityUnlinked, { personId: tx.actor.id, accountId, provider });
    return { done: true };
  });
