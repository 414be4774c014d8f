import { describe, expect, it } from "vitest";
import { identityErrors, readSignInFailure, writeSignInFailure } from "./contract";
import { delayAfter } from "./sign-in-limits";

describe("a refused sign-in", () => {
  it.each([
    [identityErrors.signInRefused(), { code: "identity.signInRefused", retryAfterSeconds: null }],
    [identityErrors.tooManyAttempts({ retryAfterSeconds: 840 }), { code: "identity.tooManyAttempts", retryAfterSeconds: 840 }],
    [new Error("postgresql://maru:secret@db"), { code: "common.unexpected", retryAfterSeconds: null }],
    [undefined, { code: "common.unexpected", retryAfterSeconds: null }],
  ])("%s reaches the page as it is meant", (error, expected) => expect(readSignInFailure(writeSignInFailure(error))).toEqual(expected));

  it.each(["", "CredentialsSignin", "<script>", "identity.tooManyAttempts:-1", "identity.x:1:2", "a".repeat(5_000)])(
    "is unexpected when it says %j",
    (text) => expect(readSignInFailure(text)).toEqual({ code: "common.unexpected", retryAfterSeconds: null }),
  );
});

describe("delayAfter", () => {
  it.each([
    [0, 0],
    [10, 0],
    [11, 1_000],
    [12, 2_000],
    [15, 16_000],
    [20, 300_000],
    [1_000, 300_000],
  ])("%i failures: %i ms", (failures, delayMs) => expect(delayAfter(failures)).toBe(delayMs));
});
