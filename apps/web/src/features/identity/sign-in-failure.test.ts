import { identityErrors, readSignInFailure, writeSignInFailure } from "@maru/api/identity/contract";
import { describe, expect, it } from "vitest";
import { signInFailureOf } from "./sign-in-failure";

describe("signInFailureOf", () => {
  it.each([
    writeSignInFailure(identityErrors.signInRefused()),
    writeSignInFailure(identityErrors.directoryUnavailable()),
    writeSignInFailure(identityErrors.tooManyAttempts({ retryAfterSeconds: 840 })),
    writeSignInFailure(identityErrors.secondFactorNeeded({ challenge: "c".repeat(43), methods: ["totp", "recovery"] })),
    "identity.secondFactorNeeded~<b>~totp",
    writeSignInFailure(new Error("postgresql://secret")),
    "CredentialsSignin",
    "identity.tooManyAttempts:soon",
    "<b>identity</b>",
    "",
  ])("reads %j as the contract does", (text) => {
    const { code, retryAfterSeconds, half } = readSignInFailure(text);
    const read = signInFailureOf(text);
    const { app } = read.data;
    expect([app.code, app.details.retryAfterSeconds ?? null, read.half]).toEqual([code, retryAfterSeconds, half]);
  });

  it("knows how a half sign-in goes on", () => {
    const half = { challenge: "c".repeat(43), methods: ["totp", "recovery"] };
    expect(signInFailureOf(writeSignInFailure(identityErrors.secondFactorNeeded(half))).half).toEqual(half);
  });
});
