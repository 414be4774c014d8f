import { createHmac, createSecretKey, hkdfSync } from "node:crypto";

/** A code over a text, in hexadecimal, that only who holds the secret can make. */
export type Mac = (text: string) => string;

/** HMAC-SHA256 with a key of this purpose alone: the installation's secret signs nothing directly, and one purpose's codes mean nothing to another. */
export const createMac = (secret: string, purpose: string): Mac => {
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", purpose, 32)));
  return (text) => createHmac("sha256", key).update(text).digest("hex");
};
