import { defineErrors } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";

export const factorPermissions = [] as const;

export const factorErrors = defineErrors("factor", {
  /** One answer for a wrong code, one that was used and one that is over: none of them tells which. */
  codeRefused: "invalid",
  /** Details carry `retryAfterSeconds`. */
  tooManyCodes: "rate_limited",
  /** There is a generator already: it is removed before another one is set up. */
  generatorExists: "conflict",
  /** Nothing waits for its first code. */
  generatorNotStarted: "not_found",
  generatorNotFound: "not_found",
  passkeyNotFound: "not_found",
  /** The device's answer does not fit what it was asked, or comes too late. */
  passkeyRefused: "invalid",
  tooManyPasskeys: "conflict",
  /** A passkey is bound to a name; an address of digits has none. */
  passkeysUnavailable: "conflict",
  /** The last factor of somebody whose role keeps one. */
  factorCompulsory: "forbidden",
  /** Codes stand in for a factor, so there must be one. */
  factorMissing: "conflict",
  /** A role demands a second factor, and until there is one nothing else can be done. */
  setupNeeded: "forbidden",
});

export const MAX_PASSKEYS = 20;
export const RECOVERY_CODES = 10;
/** How a second factor can be shown; a sign-in says which of them an account has. */
export const FACTOR_METHODS = ["totp", "passkey", "recovery"] as const;
export type FactorMethod = (typeof FACTOR_METHODS)[number];

/** Six digits of the generator, or a recovery code, however it was written down. */
export const factorCode = z.string().trim().min(6).max(40).refine(isStorable);
/** Of a command that needs to be told nothing: it is JSON all the same, as the door demands of every command. */
export const nothingInput = z.strictObject({});
export const confirmGeneratorInput = z.strictObject({ code: factorCode });

export const passkeyView = z.object({ id: z.string(), name: z.string(), createdAt: z.string(), lastUsedAt: z.string().nullable() });
export type PasskeyView = z.infer<typeof passkeyView>;
/** The second factors of the actor. */
export const factorsView = z.object({
  generatorSince: z.string().nullable(),
  passkeys: z.array(passkeyView),
  recoveryCodesLeft: z.number(),
  /** False where the address of this installation is no name: devices make no passkey for it. */
  canHavePasskeys: z.boolean(),
  /** A role demands one, or keeps the one that there is. */
  isKept: z.boolean(),
});
export type FactorsView = z.infer<typeof factorsView>;

/** What the app that makes codes is told, once: as a picture of `size` by `size` squares (an SVG path), and to type. */
export const startedGeneratorView = z.object({
  secret: z.string(),
  uri: z.string(),
  picture: z.object({ size: z.number(), path: z.string() }),
});
export type StartedGeneratorView = z.infer<typeof startedGeneratorView>;

/** Null where the codes were told before. They are told once: what is kept are their hashes. */
export const addedFactorView = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export type AddedFactorView = z.infer<typeof addedFactorView>;
export const recoveryCodesView = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodesView = z.infer<typeof recoveryCodesView>;
export const doneView = z.object({ done: z.literal(true) });

const described = z.object({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.string()).optional() });
/** What a browser is told to make a passkey (WebAuthn's PublicKeyCredentialCreationOptionsJSON). */
export const passkeyCreation = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal("public-key") })),
  timeout: z.number(),
  attestation: z.literal("none"),
  excludeCredentials: z.array(described),
  authenticatorSelection: z.object({ residentKey: z.literal("discouraged"), userVerification: z.literal("preferred") }),
});
export type PasskeyCreation = z.infer<typeof passkeyCreation>;
/** What a browser is told to show a passkey (PublicKeyCredentialRequestOptionsJSON). */
export const passkeyRequest = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.number(),
  userVerification: z.literal("preferred"),
  allowCredentials: z.array(described),
});
export type PasskeyRequest = z.infer<typeof passkeyRequest>;

const base64 = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/);
const answer = {
  id: base64(1_400),
  rawId: base64(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  // Extensions are not asked for; what a browser says of them nevertheless is left out.
  clientExtensionResults: z.object({}).optional(),
};
const passkeyName = z.string().trim().min(1).max(60).refine(isStorable);
/** A new passkey, as the browser's library writes it. */
export const addPasskeyInput = z.strictObject({
  name: passkeyName,
  answer: z.strictObject({
    ...answer,
    response: z.strictObject({
      clientDataJSON: base64(4_000),
      attestationObject: base64(20_000),
      authenticatorData: base64(8_000).optional(),
      transports: z
        .array(
          z
            .string()
            .min(1)
            .max(20)
            .regex(/^[a-z-]+$/),
        )
        .max(10)
        .optional(),
      publicKeyAlgorithm: z.int32().optional(),
      publicKey: base64(8_000).optional(),
    }),
  }),
});
export type AddPasskeyInput = z.infer<typeof addPasskeyInput>;
/** What a passkey has signed. */
export const passkeyProof = z.strictObject({
  ...answer,
  response: z.strictObject({
    clientDataJSON: base64(4_000),
    authenticatorData: base64(8_000),
    signature: base64(8_000),
    userHandle: base64(200).optional(),
  }),
});
export type PasskeyProof = z.infer<typeof passkeyProof>;
export const passkeyIdInput = z.strictObject({ id: z.uuid() });
export const renamePasskeyInput = z.strictObject({ id: z.uuid(), name: passkeyName });
