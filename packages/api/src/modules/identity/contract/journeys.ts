import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { mailAddress } from "../../mail/contract";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a link in a mail is good for, and for how long from the moment at which the mail is sent. */
export const LINK_TTL_MS = { RESET: 30 * MINUTE_MS, VERIFY: DAY_MS, INVITE: 7 * DAY_MS, REGISTER: DAY_MS } as const;
export type LinkPurpose = keyof typeof LINK_TTL_MS;

/** `OPEN`: everybody who has a mail address; `INVITATION`: whom an administrator invites; `CLOSED`: nobody. */
export const REGISTRATION_MODES = ["OPEN", "INVITATION", "CLOSED"] as const;
export type RegistrationMode = (typeof REGISTRATION_MODES)[number];

// In which language a mail is written to somebody whose own is not known.
const locale = z.enum(["ko", "en"]).default("ko");
const linkToken = z.string().min(1).max(200).refine(isStorable);
const newPassword = z.string().min(1).max(1_000);
const word = z.string().trim().min(1).max(60).refine(isStorable);

export const forgotPasswordInput = z.strictObject({ username: z.string().min(1).max(200).refine(isStorable), locale });
export type ForgotPasswordInput = z.output<typeof forgotPasswordInput>;
export const requestRegistrationInput = z.strictObject({ mail: mailAddress, locale });
export type RequestRegistrationInput = z.output<typeof requestRegistrationInput>;
/** Says that it was heard, and nothing about whether anybody is there. */
export const acceptedView = z.object({ accepted: z.literal(true) });
export type AcceptedView = z.infer<typeof acceptedView>;

export const linkInput = z.strictObject({ token: linkToken });
export type LinkInput = z.infer<typeof linkInput>;
/** A link that is good: whom it is for. */
export const linkView = z.object({
  purpose: z.enum(["RESET", "VERIFY", "INVITE", "REGISTER"]),
  mail: z.string(),
  /** Null for who has no account yet. */
  username: z.string().nullable(),
});
export type LinkView = z.infer<typeof linkView>;

export const resetPasswordInput = z.strictObject({ token: linkToken, password: newPassword });
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;
export const registerInput = z.strictObject({
  token: linkToken,
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{1,59}$/),
  name: word,
  password: newPassword,
});
export type RegisterInput = z.output<typeof registerInput>;
/** The account is there; who signs in does it with the user name. */
export const accountReadyView = z.object({ username: z.string() });
export type AccountReadyView = z.infer<typeof accountReadyView>;

export const mailStateView = z.object({ mail: z.string().nullable(), isVerified: z.boolean() });
export type MailStateView = z.infer<typeof mailStateView>;

export const registrationView = z.object({ mode: z.enum(REGISTRATION_MODES) });
export type RegistrationView = z.infer<typeof registrationView>;
export const setRegistrationInput = z.strictObject({ mode: z.enum(REGISTRATION_MODES) });

export const inviteInput = z.strictObject({ mail: mailAddress, locale });
export type InviteInput = z.output<typeof inviteInput>;
export const listInvitationsInput = z.strictObject({ cursor: z.uuid().optional(), limit: z.int().min(1).max(100).default(50) });
export type ListInvitationsInput = z.output<typeof listInvitationsInput>;
/** An invitation that nobody has taken up yet; `expiresAt` is null until its mail is on its way. */
export const invitationView = z.object({ id: z.string(), mail: z.string(), createdAt: z.string(), expiresAt: z.string().nullable() });
export type InvitationView = z.infer<typeof invitationView>;
export const invitationPage = z.object({ items: z.array(invitationView), nextCursor: z.string().nullable() });
export type InvitationPage = z.infer<typeof invitationPage>;
export const invitationIdInput = z.strictObject({ id: z.uuid() });
