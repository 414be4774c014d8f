import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { type Clock, systemClock } from "../clock/clock";
import { createMac } from "./mac";

/** What a verified token says: `sid` names the session row, `ver` its version when the token was made. */
export type TokenClaims = { readonly sid: string; readonly ver: number; readonly sub: string; readonly exp: number };
export type TokenUse = "web" | "access";

const claims = z.object({ sid: z.uuid(), ver: z.int(), sub: z.uuid(), exp: z.int() });
const ISSUER = "maru";
/** By how much the clocks of two servers may differ before a fresh token of one is not valid yet at the other. */
const CLOCK_DIFFERENCE_S = 10;

/** Signs and verifies the two kinds of session tokens. One algorithm, and the use is part of the audience: one never passes for the other. */
export const createTokens = (secret: string, now: Clock = systemClock) => {
  // A key of its own per purpose: the installation's secret signs nothing directly.
  const key = createHash("sha256").update("maru session tokens\n").update(secret).digest();
  return {
    sign: (use: TokenUse, token: { sid: string; ver: number; sub: string }, expiresAt: Date): Promise<string> => {
      const issuedAt = Math.floor(now().getTime() / 1000);
      return new SignJWT({ sid: token.sid, ver: token.ver })
        .setProtectedHeader({ alg: "HS256", typ: `maru-${use}+jwt` })
        .setIssuer(ISSUER)
        .setAudience(`maru:${use}`)
        .setSubject(token.sub)
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt - CLOCK_DIFFERENCE_S)
        .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(key);
    },
    /** Null for anything that is not a valid, unexpired token of this use: the reason is nobody's business. */
    verify: async (use: TokenUse, token: string): Promise<TokenClaims | null> => {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: ISSUER,
          audience: `maru:${use}`,
          typ: `maru-${use}+jwt`,
          algorithms: ["HS256"],
          requiredClaims: ["exp", "nbf", "iat"],
          currentDate: now(),
        });
        return claims.parse(payload);
      } catch {
        return null;
      }
    },
    /**
     * A secret of 256 bits that can be told again without being kept: it follows from a seed, which is as unguessable as a secret itself, and
     * from a key that only the server has.
     */
    derive: createMac(secret, "maru derived secrets"),
  };
};
export type Tokens = ReturnType<typeof createTokens>;

/** 256 random bits for secrets that are looked up by their hash. */
export const randomSecret = (): string => randomBytes(32).toString("base64url");
export const sha256 = (value: string | Uint8Array): string => createHash("sha256").update(value).digest("hex");
export const equalSecrets = (left: string, right: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(left)), Buffer.from(sha256(right)));
