import { AppError } from "@maru/platform/errors";
import type { Ctx } from "../../../tools";
import { listPersonViews } from "../../directory/service";

/** Whose factor it is: the account, and the person who is told. */
export type FactorOwner = { readonly accountId: string; readonly personId: string };

/** The actor as the owner of factors. */
export const ownerOf = ({ actor }: Pick<Ctx, "actor">): FactorOwner => {
  if (!actor.accountId) throw new AppError("unauthenticated", "common.signInRequired");
  return { accountId: actor.accountId, personId: actor.id };
};

/** Under which name a device shows what it keeps for the actor. */
export const nameOf = async (ctx: Ctx): Promise<string> => (await listPersonViews(ctx, [ctx.actor.id])).get(ctx.actor.id)?.name ?? "Maru";
