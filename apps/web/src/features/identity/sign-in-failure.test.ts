import { identityErrors, readSignInFailure, writeSignInFailure } from "@maru/api/identity/contract";
import { describe, expect, it } from "vitest";
import { signInFailureOf } from "./sign-in-failure";

describe("signInFailureOf", () => {
  it.each([
    writeSignInFailure(identityErrors.signInRefused()),
    writeSignInFailure(identityErrors.tooManyAttempts({ retryAfterSeconds: 840 })),
    writeSignInFailure(new Error("postgresql://secret")),
    "CredentialsSignin",
    "identity.tooManyAttempts:soon",
    "<b>identity</b>",
    "",
  ])("reads %j as the contract does", (text) => {
    const { code, retryAfterSeconds } = readSignInFailure(text);
    const { app } = signInFailureOf(text).data;
    expect([app.code, app.details.retryAfterSeconds ?? null]).toEqual([code, retryAfterSeconds]);
  });
});
