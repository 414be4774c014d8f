import type { CustomFetch } from "openid-client";

/** An answer of a provider is a few kilobytes; its longest is a list of keys. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** The provider can't be reached, is out of order, takes too long or answers without end: nothing is known of who asked, and later may be better. */
export class ProviderAway extends Error {}

const readAll = async (response: Response): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // What is counted is what was unpacked: a small answer that unpacks to a huge one is a huge one. Leaving the loop ends the connection.
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_ANSWER_BYTES) throw new ProviderAway(`an answer of more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/** Asks a provider, within the time that the library's signal gives for the answer as a whole. It follows nobody elsewhere. */
export const boundedFetch: CustomFetch = async (url, options) => {
  try {
    const response = await fetch(url, { ...options, redirect: "manual" } as RequestInit);
    const bytes = await readAll(response);
    if (response.status >= 500) throw new ProviderAway(`an answer of status ${response.status}`);
    return new Response(bytes.length > 0 ? bytes : null, { status: response.status, headers: response.headers });
  } catch (error) {
    throw error instanceof ProviderAway ? error : new ProviderAway("the provider did not answer", { cause: error });
  }
};
