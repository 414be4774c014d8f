import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next";

describe("safeNext", () => {
  it.each([
    ["/boards/free", "/boards/free"],
    ["/boards/free?page=2#c1", "/boards/free?page=2#c1"],
    ["/people/홍길동", encodeURI("/people/홍길동")],
    ["/", "/"],
    ["/boards/../people", "/people"],
    ["/sign-in-help", "/sign-in-help"],
  ])("keeps %s", (next, expected) => expect(safeNext(next)).toBe(expected));

  it.each([
    null,
    undefined,
    "",
    "boards",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/api/auth/signout",
    "/boards/../api/trpc/identity.signOut",
    "/sign-in?next=/sign-in",
    `/${"a".repeat(3_000)}`,
  ])("leads home instead of %s", (next) => expect(safeNext(next)).toBe("/"));
});
