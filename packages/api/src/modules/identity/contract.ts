import { type AppError, defineErrors, isAppError } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "../directory/contract";

export const identityPermissions = ["identity.manage-accounts", "identity.manage-roles"] as const;

export const identityErrors = defineErrors("identity", {
  /** One answer for an unknown account, a wrong password and a disabled account: none of them tells which. */
  signInRefused: "unauthenticated",
  /** Details carry `retryAfterSeconds`. */
  tooManyAttempts: "rate_limited",
  sessionEnded: "unauthenticated",
});

export const LOCALES = ["ko", "en"] as const;
export type Locale = (typeof LOCALES)[number];
export const COLOR_SCHEMES = ["light", "dark", "auto"] as const;
export const SESSION_TTL_MS = 12 * 60 * 60 * 1000;
export const ACCESS_TOKEN_TTL_MS = 15 * 60 * 1000;

/** The roles that every installation has; what they may do follows the code (see roles.ts). */
export const BUILT_IN_ROLES = ["system-admin", "department-admin", "member", "guest"] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

export const signInInput = z.strictObject({
  username: z.string().min(1).max(200).refine(isStorable),
  password: z.string().min(1).max(1_000),
});
export type SignInInput = z.infer<typeof signInInput>;
/** The REST sign-in. The one-time code is accepted and without effect as long as an account has no second factor. */
export const logInInput = signInInput.extend({ otp: z.string().max(20).optional() });

export const accountView = z.object({
  id: z.string(),
  username: z.string(),
  person: personView,
  locale: z.enum(LOCALES).nullable(),
  colorScheme: z.enum(COLOR_SCHEMES).nullable(),
  /** For drawing the navigation; every procedure decides for itself. */
  permissions: z.array(z.string()),
});
export type AccountView = z.infer<typeof accountView>;

/** The answer of the REST sign-in; `expiresIn` counts seconds. */
export const accessTokenView = z.object({ accessToken: z.string(), expiresIn: z.number(), user: accountView });
export type AccessTokenView = z.infer<typeof accessTokenView>;

export const setPreferencesInput = z.strictObject({ locale: z.enum(LOCALES).optional(), colorScheme: z.enum(COLOR_SCHEMES).optional() });
export type SetPreferencesInput = z.infer<typeof setPreferencesInput>;

/** The answer of signing out. */
export const signedOutView = z.object({ done: z.literal(true) });

/** What the sign-in page is told: a code of the catalogues, and how long to wait where that is known. */
export type SignInFailure = { readonly code: string; readonly retryAfterSeconds: number | null };

/** A refused sign-in as the one text that next-auth carries to its page. Anything unexpected says only that it was unexpected. */
export const writeSignInFailure = (error: unknown): string => {
  if (!isAppError(error)) return "common.unexpected";
  const { retryAfterSeconds } = (error as AppError).details;
  return typeof retryAfterSeconds === "number" ? `${error.code}:${retryAfterSeconds}` : error.code;
};

/** Reads what `writeSignInFailure` wrote; a text that it did not write is an unexpected error. */
export const readSignInFailure = (text: string): SignInFailure => {
  const match = /^([a-z]+\.[a-zA-Z]+)(?::(\d{1,6}))?$/.exec(text);
  return { code: match?.[1] ?? "common.unexpected", retryAfterSeconds: match?.[2] ? Number(match[2]) : null };
};
