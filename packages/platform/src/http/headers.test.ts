import { describe, expect, it } from "vitest";
import { DATA_POLICY, pagePolicy, securityHeaders } from "./headers";

describe("the policy of a page", () => {
  const policy = pagePolicy("abc", { isSecure: false });

  it.each([
    "script-src 'self' 'nonce-abc' 'strict-dynamic'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "default-src 'self'",
  ])("has %s", (directive) => expect(policy.split("; ")).toContain(directive));
  it("lets no script in without its nonce", () => expect(policy).not.toMatch(/script-src[^;]*('unsafe-|https?:|data:|\*)/));
});

describe("the policy of data", () => {
  it.each(["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "sandbox"])("has %s", (directive) =>
    expect(DATA_POLICY.split("; ")).toContain(directive),
  );
});

describe("the headers of every answer", () => {
  it("promise https only where there is https", () => {
    expect(securityHeaders({ isSecure: true })["strict-transport-security"]).toMatch(/^max-age=31536000/);
    expect(securityHeaders({ isSecure: false })["strict-transport-security"]).toBeUndefined();
  });
});
