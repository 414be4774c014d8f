import { Client } from "ldapts";
import { type LdapSettings, readLdapUrl } from "../connection";

/**
 * What measurements compare ours with: the same people read by the client library alone, all pages at once and nothing made of them. Gives
 * how many there were.
 */
export const readBare = async (
  { url, ca, bindDn, password }: LdapSettings,
  search: { readonly base: string; readonly filter: string; readonly attributes: readonly string[]; readonly pageSize?: number },
): Promise<number> => {
  const { isTls, host } = readLdapUrl(url);
  const client = new Client({ url, timeout: 60_000, tlsOptions: isTls ? { host, ca: ca ?? undefined } : undefined });
  try {
    await client.bind(bindDn, password);
    const { filter, attributes, pageSize = 500 } = search;
    const options = { filter, attributes: [...attributes], paged: { pageSize }, timeLimit: 60 };
    return (await client.search(search.base, options)).searchEntries.length;
  } finally {
    await client.unbind();
  }
};
