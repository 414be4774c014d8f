import { createHash } from "node:crypto";
import { base64url, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createTokens } from "./token";

const SECRET = "a secret of the installation";
const SID = "01938c1e-0000-7000-8000-000000000001";
const SUB = "01938c1e-0000-7000-8000-000000000002";
const START = new Date("2026-11-21T09:00:00Z");
let now = START;
const tokens = createTokens(SECRET, () => now);
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const sign = (from = tokens) => from.sign("access", { sid: SID, ver: 1, sub: SUB }, later(900));
const at = async (seconds: number, token: string) => {
  now = later(seconds);
  const known = await tokens.verify("access", token);
  now = START;
  return known;
};

/** The token with other claims or another header, and the signature that it had: what somebody makes who has no key. */
const forged = (token: string, change: { header?: object; payload?: object }): string => {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const changed = (part: string, by: object = {}) =>
    base64url.encode(JSON.stringify({ ...(JSON.parse(Buffer.from(part, "base64url").toString()) as object), ...by }));
  return [changed(header, change.header), changed(payload, change.payload), signature].join(".");
};

describe("an access token", () => {
  it("says who, which session, by whom, for what, from when and until when", async () => {
    const [header, payload] = (await sign())
      .split(".")
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
    expect(header).toEqual({ alg: "HS256", typ: "maru-access+jwt" });
    const iat = START.getTime() / 1000;
    expect(payload).toEqual({ iss: "maru", aud: "maru:access", sid: SID, ver: 1, sub: SUB, iat, nbf: iat - 10, exp: iat + 900 });
  });

  it("is good from now on until it expires (ASVS 9.2.1)", async () => {
    const token = await sign();
    expect(await at(0, token)).toMatchObject({ sid: SID, sub: SUB, ver: 1 });
    expect(await at(899, token)).not.toBeNull();
    expect(await at(900, token)).toBeNull();
    expect(await at(-10, token)).not.toBeNull();
    expect(await at(-11, token)).toBeNull();
  });

  // ASVS 5.0: 9.1.1, 9.1.2, 9.2.1, 9.2.2, 9.2.3.
  it.each<[string, (token: string) => string | Promise<string>]>([
    ["without an algorithm", (token) => forged(token, { header: { alg: "none" } }).replace(/[^.]*$/, "")],
    [
      "unsecured, as a library makes it",
      () =>
        new UnsecuredJWT({ sid: SID, ver: 1 })
          .setSubject(SUB)
          .setIssuer("maru")
          .setAudience("maru:access")
          .setExpirationTime(later(900))
          .encode(),
    ],
    ["of another algorithm", (token) => forged(token, { header: { alg: "HS512" } })],
    ["with a key of its own in the header", (token) => forged(token, { header: { jwk: { kty: "oct", k: base64url.encode("mine") } } })],
    ["of another person", (token) => forged(token, { payload: { sub: SID } })],
    ["made to last longer", (token) => forged(token, { payload: { exp: later(9_000).getTime() / 1000 } })],
    ["with another signature", (token) => token.replace(/\.(.)([^.]*)$/, (_all, first, rest) => `.${first === "A" ? "B" : "A"}${rest}`)],
    ["cut off", (token) => token.slice(0, -10)],
    ["of another installation", () => sign(createTokens("another secret", () => now))],
    ["for the web", () => tokens.sign("web", { sid: SID, ver: 1, sub: SUB }, later(900))],
    ["of a session that is no id", () => tokens.sign("access", { sid: "1 OR 1=1", ver: 1, sub: SUB }, later(900))],
    ["that is none", () => "maru"],
    ["that is empty", () => ""],
  ])("%s is refused (ASVS 9.1.1, 9.1.3)", async (_name, make) => {
    expect(await tokens.verify("access", await make(await sign()))).toBeNull();
  });

  it.each(["typ", "aud", "iss", "exp", "nbf", "iat"])("of the right key, but without %s, is refused (ASVS 9.2.3)", async (missing) => {
    expect(await tokens.verify("access", await signedByKey({ without: "nothing" }))).not.toBeNull();
    expect(await tokens.verify("access", await signedByKey({ without: missing }))).toBeNull();
  });

  it("of the right key, but of another algorithm, is refused (ASVS 9.1.2)", async () => {
    expect(await tokens.verify("access", await signedByKey({ alg: "HS512" }))).toBeNull();
  });
});

/** Made with the very key of the installation, so that nothing but the claim or the algorithm is wrong. */
const signedByKey = ({ without = "", alg = "HS256" }): Promise<string> => {
  const iat = START.getTime() / 1000;
  const claims = { iss: "maru", aud: "maru:access", sub: SUB, sid: SID, ver: 1, iat, nbf: iat, exp: iat + 900 };
  return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([name]) => name !== without)))
    .setProtectedHeader({ alg, ...(without === "typ" ? {} : { typ: "maru-access+jwt" }) })
    .sign(createHash("sha256").update("maru session tokens\n").update(SECRET).digest());
};

describe("a derived secret", () => {
  it("is the same for the same seed and key, and for no other", () => {
    const secret = tokens.derive("seed");
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(createTokens(SECRET).derive("seed")).toBe(secret);
    expect(tokens.derive("seed2")).not.toBe(secret);
    expect(createTokens("another secret").derive("seed")).not.toBe(secret);
  });
});
