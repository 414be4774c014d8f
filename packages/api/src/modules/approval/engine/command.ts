import type { Slot, Stage } from "./document";

/** A slot as somebody drew it into a line, before it has a state. */
export type DrawnSlot = Omit<Slot, "state" | "skipReason" | "decision">;
export type DrawnLine = { readonly stages: readonly Stage[]; readonly slots: readonly DrawnSlot[] };

type OnSlot = { readonly slotId: string };
/** A decision names the content that was looked at; `opinion` is null where there is none. */
type Deciding = OnSlot & { readonly seenHash: string; readonly opinion: string | null };

/** Everything that can be asked of a document. */
export type Command =
  | { readonly type: "submit"; readonly line: DrawnLine }
  | ({ readonly type: "approve" } & Deciding)
  | ({ readonly type: "dissent" } & Deciding)
  | ({ readonly type: "reject" } & Deciding)
  | ({ readonly type: "hold" } & Deciding)
  | ({ readonly type: "decideArbitrarily" } & Deciding)
  | ({ readonly type: "approveInAdvance" } & Deciding)
  | ({ readonly type: "approveAfterwards"; readonly isDissenting: boolean } & Deciding)
  | ({ readonly type: "returnTo"; readonly targetSlotId: string } & Deciding)
  | ({ readonly type: "undo" } & OnSlot)
  | ({ readonly type: "consult"; readonly personIds: readonly string[]; readonly question: string } & OnSlot)
  | { readonly type: "changeLine"; readonly line: DrawnLine }
  | ({ readonly type: "reassign"; readonly newSlotId: string; readonly personId: string; readonly reason: string } & OnSlot)
  | ({ readonly type: "succeed"; readonly newSlotId: string; readonly personId: string | null } & OnSlot)
  | ({ readonly type: "editBody"; readonly contentHash: string; readonly mustDecideAnew: boolean } & Deciding)
  | { readonly type: "recall"; readonly reason: string | null }
  | { readonly type: "abort"; readonly secondAdministratorId: string; readonly reason: string }
  | ({ readonly type: "lapse" } & OnSlot)
  | { readonly type: "void"; readonly byDocumentId: string };

/** Who asks, and what holds for her at this instant: read in the transaction that decides. */
export type Actor = {
  readonly personId: string;
  /** The principals whose deputy she is now, for this document. */
  readonly standsInFor: ReadonlySet<string>;
  /** The rule of authority in force lets her decide this document alone (전결). */
  readonly mayDecideAlone: boolean;
  readonly isApprovalAdministrator: boolean;
  /** The scheduler, or the product itself: nobody's hand. */
  readonly isSystem: boolean;
};

/** Why nothing happens. */
export type RefusalCode =
  | "commandUnknown"
  | "notDraft"
  | "documentRejected"
  | "documentNotOpen"
  | "slotUnknown"
  | "notYours"
  | "notYourTurn"
  | "alreadyDecided"
  | "contentChanged"
  | "opinionRequired"
  | "roleCantDissent"
  | "roleCantReject"
  | "formForbids"
  | "notAuthorised"
  | "mandatoryOpen"
  | "deputyIsDrafter"
  | "deputyDecidedAlready"
  | "drafterCantDecide"
  | "nothingToUndo"
  | "targetNotActed"
  | "advanceStandsBetween"
  | "someoneActed"
  | "lineInvalid"
  | "lineLosesSlot"
  | "sameAdministrator";

export type Refusal = { readonly code: RefusalCode; readonly details?: Readonly<Record<string, string>> };
