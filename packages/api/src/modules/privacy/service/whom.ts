import type { Whom } from "../../../personal-data";
import type { Ctx, TxCtx } from "../../../tools";
import { findContact } from "../../directory/service";
import { findAccountFacts } from "../../identity/service";

/** What a person is called and reached by now; null for nobody. */
export const findWhom = async (ctx: Pick<Ctx, "db"> | Pick<TxCtx, "db">, personId: string): Promise<Whom | null> => {
  const [contact, account] = [await findContact(ctx, personId), await findAccountFacts(ctx, personId)];
  if (!contact) return null;
  const isText = (text: string | null | undefined): text is string => typeof text === "string" && text !== "";
  return {
    personId,
    accountId: account?.id ?? null,
    names: [contact.name, contact.nameEn].filter(isText),
    addresses: [contact.email, account?.verifiedMail].filter(isText),
  };
};
