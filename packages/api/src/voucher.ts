import type { Ctx } from "./tools";

/**
 * What a source says of a password: `expired` and `mustChange` only of the right one. `unavailable` says nothing of it: the source could not be
 * asked.
 */
export type Verdict = "right" | "wrong" | "expired" | "mustChange" | "unavailable";

/**
 * Who vouches for the passwords that Maru does not keep: identity asks, and the module that knows the source answers (see maru.ts). Neither
 * throws for what the source does.
 */
export type Voucher = {
  check(ctx: Ctx, account: { readonly sourceId: string; readonly personId: string }, password: string): Promise<Verdict>;
  /** Whether a source is known to be out of reach: then nobody is told that she has no account. */
  isDown(): boolean;
};
