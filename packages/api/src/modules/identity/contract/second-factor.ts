import { z } from "zod";
import { factorCode, passkeyProof } from "../../factor/contract";

/** How long a half sign-in waits for its second factor, and how many wrong ones it bears. */
export const CHALLENGE_TTL_MS = 5 * 60 * 1000;
export const MAX_CHALLENGE_FAILURES = 5;
/** For how long a password that was given counts for what is sensitive. */
export const PROOF_TTL_MS = 10 * 60 * 1000;

const challenge = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w-]+$/);
/** Names a sign-in that is half done. */
export const challengeInput = z.strictObject({ challenge });
/** A code of the generator or a recovery code. */
export const completeLogInInput = z.strictObject({ challenge, code: factorCode });
export const completeWithPasskeyInput = z.strictObject({ challenge, passkey: passkeyProof });
/** The second step of a sign-in on the web: a code or a passkey. */
export const completeSignInInput = z.union([completeLogInInput, completeWithPasskeyInput]);
export type CompleteSignInInput = z.infer<typeof completeSignInInput>;

export const confirmPasswordInput = z.strictObject({ password: z.string().min(1).max(1_000) });
export const confirmPasskeyInput = z.strictObject({ passkey: passkeyProof });
/** Until when what is sensitive is not asked for again on this session. */
export const confirmedView = z.object({ until: z.string() });
export type ConfirmedView = z.infer<typeof confirmedView>;

export const FACTOR_RULES = ["OPTIONAL", "KEPT", "REQUIRED"] as const;
export type FactorRule = (typeof FACTOR_RULES)[number];
/** What a role asks of its holders: nothing, to keep a second factor once there is one, or to have one before anything else. */
export const setFactorRuleInput = z.strictObject({ id: z.uuid(), rule: z.enum(FACTOR_RULES) });
