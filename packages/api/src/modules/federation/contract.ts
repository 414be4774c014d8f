import { defineErrors } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";

export const federationPermissions = [] as const;

export const federationErrors = defineErrors("federation", {
  /** Nobody has set this provider up here. */
  providerNotFound: "not_found",
  /** The provider can't be reached, or takes too long. */
  providerAway: "unavailable",
  /** What came back was not asked for by this browser, was used before, or comes too late. */
  attemptEnded: "invalid",
  /** She said no at the provider. */
  cancelled: "invalid",
  /** What the provider says proves nothing. */
  proofRefused: "invalid",
  /** Details carry `retryAfterSeconds`. */
  tooManyAttempts: "rate_limited",
  /** No account is linked with that identity. A mail address that happens to be the same says nothing. */
  notLinked: "unauthenticated",
  /** The account with which the identity is linked can't sign in any more. */
  accountClosed: "unauthenticated",
  /** The identity is linked with somebody else's account. */
  identityTaken: "conflict",
  /** The account is linked with another identity of that provider. */
  providerTaken: "conflict",
  identityNotFound: "not_found",
  /** Without it nobody could sign in with this account any more. */
  lastWayIn: "conflict",
});

export const PROVIDERS = ["kakao", "naver", "google", "github", "entra"] as const;
export type ProviderName = (typeof PROVIDERS)[number];
const provider = z.enum(PROVIDERS);

/** How long somebody may be away at a provider. */
export const ATTEMPT_TTL_MS = 10 * 60 * 1000;

/** The providers that are set up here. */
export const providersView = z.array(provider);
/** A path of the web app, and nothing that a browser could take for another address. */
const next = z
  .string()
  .max(2_000)
  .regex(/^\/(?:[^/\\\p{Cc}][^\\\p{Cc}]*)?$/u)
  .refine(isStorable);
export const startExternalSignInInput = z.strictObject({ provider, next: next.default("/") });
export type StartExternalSignInInput = z.output<typeof startExternalSignInInput>;
export const startLinkInput = z.strictObject({ provider });
/** Where the browser goes now. */
export const startedView = z.object({ url: z.string() });
export type StartedView = z.infer<typeof startedView>;

export const externalIdentityView = z.object({
  id: z.string(),
  provider,
  /** What its owner is called there; null where the provider does not say. */
  label: z.string().nullable(),
  linkedAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type ExternalIdentityView = z.infer<typeof externalIdentityView>;
/** The identities of the actor, and the providers that are set up here. */
export const externalIdentitiesView = z.object({ identities: z.array(externalIdentityView), providers: providersView });
export type ExternalIdentitiesView = z.infer<typeof externalIdentitiesView>;
export const identityIdInput = z.strictObject({ id: z.uuid() });
export const unlinkedView = z.object({ done: z.literal(true) });
