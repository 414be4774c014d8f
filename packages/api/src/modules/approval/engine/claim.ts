import type { Actor, Command, Refusal, RefusalCode } from "./command";
import type { Capacity, Decision, Document, Slot, SlotState, Status } from "./document";
import type { DocumentEvent } from "./event";

export type Outcome = { readonly events: readonly DocumentEvent[] } | { readonly refusal: Refusal };

export const refuse = (code: RefusalCode, details?: Refusal["details"]): { readonly refusal: Refusal } => ({
  refusal: { code, ...(details ? { details } : {}) },
});

/** Everything that a rule is given: a document, what is asked of it, by whom, and when. */
export type Case<Type extends Command["type"] = Command["type"]> = {
  readonly document: Document;
  readonly command: Extract<Command, { type: Type }>;
  readonly actor: Actor;
  readonly now: Date;
};
export type Rule<Type extends Command["type"]> = (given: Case<Type>) => Outcome;

/** A case in which somebody decides: about a slot, having seen this content. */
export type DecidingCase = Omit<Case, "command"> & {
  readonly command: { readonly slotId: string; readonly seenHash: string; readonly opinion: string | null };
};

/** Why a document in this status takes no decision any more. */
export const whyClosed = (status: Status): { readonly refusal: Refusal } =>
  refuse(status === "REJECTED" ? "documentRejected" : "documentNotOpen", { status });

/** A slot of a document that is on its way, or why there is nothing to ask of it. */
export const findSlot = (
  document: Document,
  slotId: string,
  status: Status = "IN_PROGRESS",
): { readonly slot: Slot } | { readonly refusal: Refusal } => {
  if (document.status !== status) return whyClosed(document.status);
  const slot = document.slots.find(({ id }) => id === slotId);
  return slot ? { slot } : refuse("slotUnknown");
};

/** A slot that the actor may speak for at this instant, as its principal or as her deputy. */
export type Claim = { readonly slot: Slot; readonly isDeputy: boolean };
type Claimed = Claim | { readonly refusal: Refusal };

const TURN: readonly SlotState[] = ["ACTIVE", "HELD"];

// A deputy who has a place of her own in a group, or has decided there already, would count twice in it.
const isTwiceInGroup = ({ slots }: Document, { id, stage }: Slot, actorId: string): boolean =>
  slots.some((slot) => slot.id !== id && slot.stage === stage && (slot.principalId === actorId || slot.decision?.actorId === actorId));

const faultOfDeputy = (document: Document, slot: Slot, actorId: string): RefusalCode | null => {
  if (actorId === document.drafterId) return "deputyIsDrafter";
  return isTwiceInGroup(document, slot, actorId) ? "deputyDecidedAlready" : null;
};

/**
 * The slot that a decision is about, if the actor may take it: it is hers or she stands in for whose it is, it is in one of these states, and
 * what she has seen is what stands there now. Whoever comes too late is told who was first.
 */
export const claim = (
  { document, command, actor }: DecidingCase,
  { states = TURN, status = "IN_PROGRESS" }: { readonly states?: readonly SlotState[]; readonly status?: Status } = {},
): Claimed => {
  const found = findSlot(document, command.slotId, status);
  if ("refusal" in found) return found;
  const { slot } = found;
  const isDeputy = slot.principalId !== actor.personId;
  if ((isDeputy && !actor.standsInFor.has(slot.principalId)) || slot.state === "REPLACED") return refuse("notYours");
  if (slot.decision) {
    const { actorId, at, capacity } = slot.decision;
    return refuse("alreadyDecided", { by: actorId, at, capacity });
  }
  if (!states.includes(slot.state)) return refuse("notYourTurn", { state: slot.state });
  if (command.seenHash !== document.contentHash) return refuse("contentChanged");
  const fault = isDeputy ? faultOfDeputy(document, slot, actor.personId) : null;
  if (fault) return refuse(fault);
  const isOwnApproval = slot.role === "APPROVE" && actor.personId === document.drafterId && !document.policy.allowsSoleApproval;
  return isOwnApproval ? refuse("drafterCantDecide") : { slot, isDeputy };
};

/** What is written of a decision. */
export const decisionOf = ({ document, command, actor, now }: DecidingCase, { isDeputy }: Claim, capacity: Capacity): Decision => ({
  actorId: actor.personId,
  capacity,
  isDeputy,
  at: now.toISOString(),
  seenHash: command.seenHash,
  opinion: command.opinion,
  round: document.round,
});

export const hasOpinion = ({ opinion }: { readonly opinion: string | null }): boolean => (opinion ?? "").trim() !== "";
