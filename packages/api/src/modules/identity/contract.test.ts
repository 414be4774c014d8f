import { describe, expect, it } from "vitest";
import { identityErrors, readSignInFailure, writeSignInFailure } from "./contract";
import { delayAfter } from "./sign-in-limits";

describe("a refused sign-in", () => {
  it.each([
    [identityErrors.signInRefused(), { code: "identity.signInRefused", retryAfterSeconds: null, half: null }],
    [identityErrors.tooManyAttempts({ retryAfterSeconds: 840 }), { code: "identity.tooManyAttempts", retryAfterSeconds: 840, half: null }],
    [
      identityErrors.secondFactorNeeded({ challenge: "c".repeat(43), methods: ["totp", "recovery"] }),
      { code: "identity.secondFactorNeeded", retryAfterSeconds: null, half: { challenge: "c".repeat(43), methods: ["totp", "recovery"] } },
    ],
    [new Error("postgresql://maru:secret@db"), { code: "common.unexpected", retryAfterSeconds: null, half: null }],
    [undefined, { code: "common.unexpected", retryAfterSeconds: null, half: null }],
  ])("%s reaches the page as it is meant", (error, expected) => expect(readSignInFailure(writeSignInFailure(error))).toEqual(expected));

  it.each(["", "CredentialsSignin", "<script>", "identity.tooManyAttempts:-1", "identity.x:1:2", "a".repeat(5_000)])(
    "is unexpected when it says %j",
    (text) => expect(readSignInFailure(text)).toEqual({ code: "common.unexpected", retryAfterSeconds: null, half: null }),
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
