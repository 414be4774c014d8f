import type { Consequence, TransitionKind } from "./modules/directory/contract";
import type { Ctx, TxCtx } from "./tools";

type Reader = Pick<Ctx, "db" | "sql" | "now"> | Pick<TxCtx, "db" | "sql" | "now">;

/**
 * What a module says before somebody goes on leave, comes back or leaves, and before departments close: what becomes of what she, or they,
 * have in it. The registry stands in modules.ts. What then happens, each module does when it hears of it.
 */
export type Departure = {
  readonly module: string;
  consequencesFor(reader: Reader, personId: string, kind: TransitionKind): Promise<readonly Consequence[]>;
  /** Of departments that close, each with the one that takes over; null where none does. */
  consequencesOfClosing?(reader: Reader, heirs: ReadonlyMap<string, string | null>): Promise<readonly Consequence[]>;
  /** Refuses the end of somebody who must not be lost, in the transaction that ends it. */
  refuseEnd?(tx: TxCtx, personId: string): Promise<void>;
};

/** How many of those whom a consequence concerns it names. */
export const NAMED_AT_MOST = 5;

type Named = { readonly name: string; readonly nameEn?: string | null };

/** A consequence with so many, or none where it concerns nobody. */
export const consequence = (code: string, count: number, named: readonly Named[] = [], isBlocking = false): Consequence[] =>
  count === 0
    ? []
    : [{ code, count, names: named.slice(0, NAMED_AT_MOST).map(({ name, nameEn = null }) => ({ name, nameEn })), isBlocking }];
