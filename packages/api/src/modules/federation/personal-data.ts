import { type Counts, fewRows, jsonEntry, type PersonalData } from "../../personal-data";

/** Who a person is at other providers. */
export const personalData: PersonalData = {
  module: "federation",
  columns: { "external_identity.account_id": "removed" },
  exportPerson: async function* (ctx, { accountId }) {
    if (accountId === null) return;
    yield jsonEntry(
      ctx,
      "federation/identities",
      fewRows(() => ctx.db.externalIdentity.findMany({ where: { accountId } })),
    );
  },
  erasePerson: async ({ db }, { accountId }): Promise<Counts> => {
    if (accountId === null) return {};
    const { count: external_identity } = await db.externalIdentity.deleteMany({ where: { accountId } });
    return { external_identity };
  },
};
