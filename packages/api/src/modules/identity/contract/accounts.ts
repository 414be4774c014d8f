import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "../../directory/contract";

export const LOCALES = ["ko", "en"] as const;
export type Locale = (typeof LOCALES)[number];
export const COLOR_SCHEMES = ["light", "dark", "auto"] as const;

/** For how long an administrator can undo a deletion; what is personal is erased afterwards. */
export const ERASURE_GRACE_MS = 14 * 24 * 60 * 60 * 1000;
/** What a person types to delete her account: nobody does that by a slip. Either language's word is good in both. */
export const DELETION_WORDS = ["삭제", "DELETE"] as const;

// A password as it was typed. Its rule is told in words of its own (see password-rule.ts).
const typedPassword = z.string().min(1).max(1_000);

export const changePasswordInput = z.strictObject({ currentPassword: typedPassword, newPassword: typedPassword });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
/** Every other session has ended. `tokens` go on from here for a client of the API; a browser finds the like in its cookie. */
export const changedPasswordView = z.object({
  ended: z.number(),
  tokens: z.object({ accessToken: z.string(), expiresIn: z.number(), refreshToken: z.string() }).nullable(),
});
export type ChangedPasswordView = z.infer<typeof changedPasswordView>;

// What stands beside a name. Nobody's number has letters in it, and a number that a phone can dial is what colleagues need.
const phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^\+?[\d][\d ().-]{2,38}$/);
const nameText = z.string().trim().min(1).max(60).refine(isStorable);

/** A zone that this computer's clock knows. */
const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** What a person says of herself, and in what she sees Maru. What is left out stays as it is; null takes it away. */
export const updateProfileInput = z.strictObject({
  name: nameText.optional(),
  nameEn: nameText.nullable().optional(),
  phone: phone.nullable().optional(),
  mobile: phone.nullable().optional(),
  locale: z.enum(LOCALES).optional(),
  colorScheme: z.enum(COLOR_SCHEMES).optional(),
  timeZone: z
    .string()
    .max(60)
    .regex(/^[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){1,2}$/)
    .refine(isTimeZone)
    .nullable()
    .optional(),
});
export type UpdateProfileInput = z.output<typeof updateProfileInput>;

export const deleteOwnAccountInput = z.strictObject({ password: typedPassword, confirmation: z.enum(DELETION_WORDS) });
export type DeleteOwnAccountInput = z.infer<typeof deleteOwnAccountInput>;
export const deletedAccountView = z.object({ eraseAfter: z.string() });
export type DeletedAccountView = z.infer<typeof deletedAccountView>;

/** `waiting`: nobody has set its password yet. `leaving`: it is to be erased, and that can still be undone. */
export const ACCOUNT_STATUSES = ["active", "waiting", "disabled", "leaving"] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const listAccountsInput = z.strictObject({
  q: z.string().trim().min(1).max(50).refine(isStorable).optional(),
  status: z.enum(ACCOUNT_STATUSES).optional(),
  cursor: z.uuid().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListAccountsInput = z.output<typeof listAccountsInput>;

/** An account as an administrator sees it. */
export const accountRowView = z.object({
  id: z.string(),
  username: z.string(),
  person: personView,
  status: z.enum(ACCOUNT_STATUSES),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
  eraseAfter: z.string().nullable(),
  /** `close`: disable and delete. Nobody closes her own account here. */
  can: z.object({ close: z.boolean() }),
});
export type AccountRowView = z.infer<typeof accountRowView>;
export const accountPage = z.object({ items: z.array(accountRowView), nextCursor: z.string().nullable() });
export type AccountPage = z.infer<typeof accountPage>;

const newPerson = z.strictObject({
  name: nameText,
  nameEn: nameText.optional(),
  email: z.email().max(200).optional(),
  employeeNo: z.string().trim().min(1).max(40).refine(isStorable).optional(),
});
/** For somebody whom the directory knows, or for somebody new: exactly one of them. */
export const createAccountInput = z
  .strictObject({
    username: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9._-]{1,59}$/),
    personId: z.uuid().optional(),
    person: newPerson.optional(),
  })
  .refine(({ personId, person }) => (personId === undefined) !== (person === undefined));
export type CreateAccountInput = z.output<typeof createAccountInput>;

export const updateAccountInput = z.strictObject({ id: z.uuid(), state: z.enum(["ACTIVE", "DISABLED"]) });
export const accountIdInput = z.strictObject({ id: z.uuid() });
