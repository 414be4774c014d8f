import { type AppError, defineErrors, isAppError } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "../directory/contract";
import { COLOR_SCHEMES, LOCALES } from "./contract/accounts";
import { FACTOR_RULES } from "./contract/second-factor";

export * from "./contract/accounts";
export * from "./contract/journeys";
export * from "./contract/second-factor";

export const identityPermissions = ["identity.manage-accounts", "identity.read-rights", "identity.manage-roles"] as const;

export const identityErrors = defineErrors("identity", {
  /** One answer for an unknown account, a wrong password and a disabled account: none of them tells which. */
  signInRefused: "unauthenticated",
  /** Details carry `retryAfterSeconds`. */
  tooManyAttempts: "rate_limited",
  /** The directory that keeps the password can't be asked: nothing is said of what was typed. */
  directoryUnavailable: "unavailable",
  /** The password was right; the directory wants another one first, which is chosen there. */
  directoryPasswordExpired: "unauthenticated",
  /** The password was right; the directory's account has ended. */
  directoryAccountExpired: "unauthenticated",
  /** The directory keeps the password: it is changed there. */
  passwordKeptElsewhere: "conflict",
  sessionEnded: "unauthenticated",
  /** Details carry `minimum`, how many characters it takes. */
  passwordTooShort: "invalid",
  /** Details carry `maximum`. */
  passwordTooLong: "invalid",
  /** Too much of it is a well-known word, a walk over the keyboard, or a name of its owner. */
  passwordTooCommon: "invalid",
  /** Who has a session typed another password than the account's: it counts like a failed sign-in. */
  passwordWrong: "invalid",
  passwordUnchanged: "invalid",
  /** What is sensitive wants the password (or a passkey) within ten minutes on this session; `confirmPassword` takes it. */
  passwordNeeded: "forbidden",
  /** The password was right and the account has a second factor. Details carry `challenge` and `methods`. */
  secondFactorNeeded: "unauthenticated",
  /** A code that is wrong, used or over, or a passkey that is not hers. */
  secondFactorRefused: "unauthenticated",
  /** The half sign-in is over, used, or was never: the password is asked for again. */
  challengeEnded: "unauthenticated",
  /** One answer for a link that was used, has expired, was replaced, or never was. */
  linkRefused: "invalid",
  /** Details carry `retryAfterSeconds`. */
  tooManyMails: "rate_limited",
  registrationClosed: "forbidden",
  /** Somebody signs in with that mail address already. Only administrators are told. */
  mailTaken: "conflict",
  /** Who has no mail address can't verify it. */
  mailMissing: "conflict",
  invitationNotFound: "not_found",
  accountNotFound: "not_found",
  /** What was personal of it is gone, or going. */
  accountErased: "conflict",
  usernameTaken: "conflict",
  /** Its password is kept here: no directory takes it over by itself. */
  accountIsLocal: "conflict",
  /** A person has one account at most. */
  personHasAccount: "conflict",
  /** Nobody locks herself out. */
  ownAccount: "conflict",
  /** One answer for every refresh token that is not good: none of them tells why. */
  refreshRefused: "unauthenticated",
  /** One answer for an unknown client, a wrong secret and a revoked client. */
  clientRefused: "unauthenticated",
  sessionNotFound: "not_found",
  tokenNotFound: "not_found",
  clientNotFound: "not_found",
  /** A token can't be given what its maker does not hold. Details carry `scopes`. */
  scopeNotHeld: "forbidden",
  tooManyTokens: "conflict",
  /** An API client acts as an account that nobody signs in with. */
  notAServiceAccount: "invalid",
  roleNotFound: "not_found",
  assignmentNotFound: "not_found",
  roleChangeNotFound: "not_found",
  personWithoutAccount: "not_found",
  /** Somebody else saved a newer version; details carry it whole as `current` (see roleChangedDetails). */
  roleChanged: "conflict",
  roleNameTaken: "conflict",
  /** It is assigned, asked for, or part of another role. */
  roleInUse: "conflict",
  roleBuiltIn: "forbidden",
  roleCircular: "invalid",
  roleNotIncludable: "invalid",
  tooManyRoles: "conflict",
  permissionUnknown: "invalid",
  /** Nobody gives, takes or changes more than she holds. Details carry `permissions`. */
  rightsExceeded: "forbidden",
  lastAdministrator: "conflict",
  /** The first of two administrators can't be the second. */
  secondAdministratorNeeded: "forbidden",
  roleChangePending: "conflict",
  /** What two administrators decide no group of a directory does. */
  roleTakesTwo: "forbidden",
  /** It follows from a group of a directory, and is given and taken there. */
  assignmentSourced: "conflict",
  /** A role with the right to give rights is changed while nobody has it: else one administrator would do what takes two. */
  protectedRoleAssigned: "conflict",
});

export const SESSION_TTL_MS = 12 * 60 * 60 * 1000;
export const ACCESS_TOKEN_TTL_MS = 15 * 60 * 1000;
/** A session of the API ends after this long without a refresh, and after this long in any case. */
export const REFRESH_IDLE_MS = 7 * 24 * 60 * 60 * 1000;
export const REFRESH_ABSOLUTE_MS = 30 * 24 * 60 * 60 * 1000;
/** Within this time a refresh that is repeated gives the same token again: two tabs, or an answer that was lost. */
export const REFRESH_REPEAT_MS = 10 * 1000;
/** Told apart from an access token at first sight, and found by scanners for leaked secrets. */
export const PERSONAL_TOKEN_PREFIX = "maru_pat_";
export const MAX_PERSONAL_TOKENS = 50;
export const MAX_PERSONAL_TOKEN_DAYS = 365;

/** The roles that every installation has; what they may do follows the code (see roles.ts). */
export const BUILT_IN_ROLES = ["system-admin", "department-admin", "member", "guest"] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

export const signInInput = z.strictObject({
  username: z.string().min(1).max(200).refine(isStorable),
  password: z.string().min(1).max(1_000),
});
export type SignInInput = z.infer<typeof signInInput>;
/** The REST sign-in. Without the one-time code, an account with a second factor is answered with a challenge. */
export const logInInput = signInInput.extend({ otp: z.string().max(40).optional() });

export const accountView = z.object({
  id: z.string(),
  username: z.string(),
  person: personView,
  locale: z.enum(LOCALES).nullable(),
  colorScheme: z.enum(COLOR_SCHEMES).nullable(),
  timeZone: z.string().nullable(),
  contact: z.object({ email: z.string().nullable(), phone: z.string().nullable(), mobile: z.string().nullable() }),
  /** The fields of hers that she may change. */
  can: z.object({ change: z.array(z.string()) }),
  /** For drawing the navigation; every procedure decides for itself. */
  permissions: z.array(z.string()),
  /** A directory keeps the password: it is changed there. */
  hasPasswordElsewhere: z.boolean(),
  /** A role demands a second factor that is not set up yet: nothing else can be done. */
  needsFactor: z.boolean(),
});
export type AccountView = z.infer<typeof accountView>;

/** An access token, and what the next one is asked for with; `expiresIn` counts seconds. */
export const tokenPairView = z.object({ accessToken: z.string(), expiresIn: z.number(), refreshToken: z.string() });
export type TokenPairView = z.infer<typeof tokenPairView>;
/** The answer of the REST sign-in. */
export const accessTokenView = tokenPairView.extend({ user: accountView });
export type AccessTokenView = z.infer<typeof accessTokenView>;

// A secret as it was given out: anything of this shape is looked up, and everything that is not good is refused alike.
const secretText = z.string().min(1).max(4_096).refine(isStorable);

export const refreshInput = z.strictObject({ refreshToken: secretText });
export const verifyTokenInput = z.strictObject({ token: secretText });
/** Whether a token is good now, until when, and what it may do. A bad one is only bad. */
export const tokenStateView = z.object({ isValid: z.boolean(), expiresAt: z.string().nullable(), scopes: z.array(z.string()) });
export type TokenStateView = z.infer<typeof tokenStateView>;

/** OAuth 2.0's client credentials grant, in its own words (RFC 6749, 4.4). */
export const issueTokenInput = z.strictObject({
  grant_type: z.literal("client_credentials"),
  client_id: z.uuid(),
  client_secret: secretText,
});
export type IssueTokenInput = z.infer<typeof issueTokenInput>;
export const issuedTokenView = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number(),
  scope: z.string(),
});
export type IssuedTokenView = z.infer<typeof issuedTokenView>;

/** A session as its owner sees it. Browser and system are null where the header does not tell. */
export const sessionView = z.object({
  id: z.string(),
  kind: z.enum(["WEB", "API"]),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  isCurrent: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;
export const sessionIdInput = z.strictObject({ id: z.uuid() });
export const endSessionsInput = z.strictObject({ keepsCurrent: z.boolean() });
export const endedSessionsView = z.object({ ended: z.number() });

const scopes = z.array(z.string().min(1).max(100).refine(isStorable)).min(1).max(100);
const tokenName = z.string().trim().min(1).max(100).refine(isStorable);

export const createPersonalTokenInput = z.strictObject({
  name: tokenName,
  scopes,
  expiresInDays: z.int().min(1).max(MAX_PERSONAL_TOKEN_DAYS),
});
export type CreatePersonalTokenInput = z.infer<typeof createPersonalTokenInput>;
export const personalTokenView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastAddress: z.string().nullable(),
});
export type PersonalTokenView = z.infer<typeof personalTokenView>;
/** `token` is told here and never again. */
export const createdPersonalTokenView = personalTokenView.extend({ token: z.string() });
export type CreatedPersonalTokenView = z.infer<typeof createdPersonalTokenView>;
/** `grantable` are the scopes that the actor can give a token. */
export const personalTokenListView = z.object({ items: z.array(personalTokenView), grantable: z.array(z.string()) });
export type PersonalTokenListView = z.infer<typeof personalTokenListView>;
export const tokenIdInput = z.strictObject({ id: z.uuid() });

/** `personId` is the service person in whose name the client acts. */
export const createApiClientInput = z.strictObject({ name: tokenName, personId: z.uuid(), scopes });
export type CreateApiClientInput = z.infer<typeof createApiClientInput>;
export const apiClientView = z.object({
  clientId: z.string(),
  name: z.string(),
  person: personView,
  scopes: z.array(z.string()),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type ApiClientView = z.infer<typeof apiClientView>;
/** `clientSecret` is told here and never again. */
export const createdApiClientView = apiClientView.extend({ clientSecret: z.string() });
export type CreatedApiClientView = z.infer<typeof createdApiClientView>;

/** The answer of signing out. */
export const signedOutView = z.object({ done: z.literal(true) });

/** What the sign-in page is told: a code of the catalogues, and how long to wait where that is known. */
export type SignInFailure = {
  readonly code: string;
  readonly retryAfterSeconds: number | null;
  /** How a half sign-in goes on. */
  readonly half: { readonly challenge: string; readonly methods: readonly string[] } | null;
};

/** A refused sign-in as the one text that next-auth carries to its page. Anything unexpected says only that it was unexpected. */
export const writeSignInFailure = (error: unknown): string => {
  if (!isAppError(error)) return "common.unexpected";
  const { retryAfterSeconds, challenge, methods } = (error as AppError).details;
  // The challenge goes where the failure goes: into the body of the answer, never into an address. It is worth nothing without a code.
  if (typeof challenge === "string" && Array.isArray(methods)) return `${error.code}~${challenge}~${methods.join("+")}`;
  return typeof retryAfterSeconds === "number" ? `${error.code}:${retryAfterSeconds}` : error.code;
};

const SIGN_IN_FAILURE = /^([a-z]+\.[a-zA-Z]+)(?::(\d{1,6})|~([\w-]{20,100})~([a-z+]{1,40}))?$/;

/** Reads what `writeSignInFailure` wrote; a text that it did not write is an unexpected error. */
export const readSignInFailure = (text: string): SignInFailure => {
  const [, code = "common.unexpected", seconds, challenge, methods = ""] = SIGN_IN_FAILURE.exec(text) ?? [];
  const half = challenge === undefined ? null : { challenge, methods: methods.split("+") };
  return { code, retryAfterSeconds: seconds === undefined ? null : Number(seconds), half };
};

/** Where a permission can count: everywhere alone, or in a department with all below it too. */
export const permissionView = z.object({ key: z.string(), module: z.string(), scope: z.enum(["everywhere", "department"]) });
export type PermissionView = z.infer<typeof permissionView>;

const roleName = z.string().trim().min(1).max(60).refine(isStorable);
const version = z.int32().min(1);
const grants = {
  permissions: z.array(z.string().regex(/^[a-z]+\.[a-z-]{1,60}$/)).max(200),
  includedIds: z.array(z.uuid()).max(50),
};
export const createRoleInput = z.strictObject({ name: roleName, nameEn: roleName, ...grants });
export const updateRoleInput = createRoleInput.extend({ id: z.uuid(), version });
export const deleteRoleInput = z.strictObject({ id: z.uuid(), version });
/** A role as it would be; without an id it is a new one. */
export const previewRoleChangeInput = z.strictObject({ id: z.uuid().optional(), ...grants });
export const listRoleHoldersInput = z.strictObject({
  roleId: z.uuid(),
  cursor: z.uuid().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export const explainRightsInput = z.strictObject({ personId: z.uuid() });
export const assignRoleInput = z.strictObject({ personId: z.uuid(), roleId: z.uuid(), departmentId: z.uuid().nullable().default(null) });
export const unassignRoleInput = z.strictObject({ id: z.uuid() });
export const decideRoleChangeInput = z.strictObject({ id: z.uuid(), decision: z.enum(["APPROVE", "REFUSE"]) });

const named = z.object({ id: z.string(), name: z.string(), nameEn: z.string() });
export const roleView = named.extend({
  key: z.string(),
  isBuiltIn: z.boolean(),
  /** Giving it or taking it away takes two administrators. */
  isProtected: z.boolean(),
  factorRule: z.enum(FACTOR_RULES),
  version: z.number(),
  permissions: z.array(z.string()),
  includedIds: z.array(z.string()),
  /** Its own permissions and those of the roles that it includes. */
  effective: z.array(z.string()),
  holderCount: z.number(),
  updatedAt: z.string(),
  updatedBy: personView.nullable(),
  can: z.object({ change: z.boolean(), delete: z.boolean(), assign: z.boolean() }),
});
export type RoleView = z.infer<typeof roleView>;
/** What `identity.roleChanged` carries: the role that stands now, so that both can be shown. */
export const roleChangedDetails = z.object({ current: roleView });

export const rolePreview = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** How many people gain or lose something by it; who has the same from another role does not count. */
  gaining: z.number(),
  losing: z.number(),
  people: z.number(),
  examples: z.array(personView),
});
export type RolePreview = z.infer<typeof rolePreview>;

export const assignmentView = z.object({
  id: z.string(),
  role: named,
  department: named.nullable(),
  assignedBy: personView.nullable(),
  /** It follows from a group of a directory. */
  isSourced: z.boolean(),
  assignedAt: z.string(),
  can: z.object({ take: z.boolean() }),
});
export type AssignmentView = z.infer<typeof assignmentView>;
export const roleHolderPage = z.object({
  items: z.array(assignmentView.extend({ person: personView })),
  nextCursor: z.string().nullable(),
});
export type RoleHolderPage = z.infer<typeof roleHolderPage>;

export const deletedRoleView = z.object({ done: z.literal(true) });

/** `pending` waits for a second administrator; `isAlone` says that there was none who could be asked. */
export const roleChangeOutcome = z.object({ outcome: z.enum(["done", "pending"]), isAlone: z.boolean() });
export type RoleChangeOutcome = z.infer<typeof roleChangeOutcome>;
export const roleChangeView = z.object({
  id: z.string(),
  kind: z.enum(["GRANT", "TAKE"]),
  person: personView,
  role: named,
  requestedBy: personView.nullable(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  can: z.object({ approve: z.boolean(), refuse: z.boolean() }),
});
export type RoleChangeView = z.infer<typeof roleChangeView>;
/** `void`: it had expired, or who asked may not any more. */
export const roleDecisionView = z.object({ outcome: z.enum(["approved", "refused", "void"]) });
export type RoleDecisionView = z.infer<typeof roleDecisionView>;

const EFFECTS = ["everywhere", "departments", "none"] as const;
/** Why somebody may do something: which assignment, through which roles, with which effect. */
export const rightsView = z.object({
  person: personView,
  /** False when the account can't sign in: then nothing of it has an effect. */
  isActive: z.boolean(),
  assignments: z.array(assignmentView),
  permissions: z.array(
    z.object({
      key: z.string(),
      effect: z.enum(EFFECTS),
      origins: z.array(z.object({ assignmentId: z.string(), effect: z.enum(EFFECTS), path: z.array(named) })),
    }),
  ),
});
export type RightsView = z.infer<typeof rightsView>;
