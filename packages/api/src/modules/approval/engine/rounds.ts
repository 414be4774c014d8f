import { claim, findSlot, hasOpinion, type Rule, refuse } from "./claim";
import { mayReject } from "./decisions";
import { type Document, isAfter, isDecided, isInForce, isSigning, isTurn, type Slot } from "./document";
import type { DocumentEvent } from "./event";
import { beginRound, isResettable } from "./progress";

const inForce = ({ slots }: Document): Slot[] => slots.filter(isInForce);

/**
 * 전단계 반려, 지정 반려: somebody who has acted is asked again, and so is everybody behind her. Those before her, and the other branches of her
 * group, keep what they have decided.
 */
export const returnTo: Rule<"returnTo"> = (given) => {
  const { document, command } = given;
  const claimed = claim(given);
  if ("refusal" in claimed) return claimed;
  const { slot } = claimed;
  if (!document.policy.allowsReturn) return refuse("formForbids");
  if (!mayReject(document, slot)) return refuse("roleCantReject");
  if (!hasOpinion(command)) return refuse("opinionRequired");
  const target = inForce(document).find(({ id }) => id === command.targetSlotId);
  if (!target || !isDecided(target) || !isAfter(slot, target)) return refuse("targetNotActed");
  const behind = inForce(document).filter((other) => isAfter(other, target));
  if ([target, ...behind].some(({ decision }) => decision?.capacity === "ADVANCE")) return refuse("advanceStandsBetween");
  return { events: beginRound(document, [target, ...behind.filter(isResettable)], command.opinion) };
};

// Whoever stands behind has relied on it: decided, put it aside, or was passed because her time was over.
const hasMovedOn = (slot: Slot): boolean =>
  (isDecided(slot) && slot.decision?.capacity !== "ADVANCE") || slot.state === "HELD" || slot.skipReason === "LAPSED";

/** 결재취소: one's own last decision, as long as nobody has acted on it. */
export const undo: Rule<"undo"> = ({ document, command, actor }) => {
  const found = findSlot(document, command.slotId);
  if ("refusal" in found) return found;
  const { slot } = found;
  const { decision } = slot;
  if (!isDecided(slot) || decision?.actorId !== actor.personId) return refuse("notYours");
  const isPlain = decision.capacity === "OWN" && !decision.isDeputy;
  const isLast = !document.slots.some((other) => other.decision?.actorId === actor.personId && other.decision.at > decision.at);
  const behind = inForce(document).filter((other) => isAfter(other, slot));
  if (!isPlain || !isLast || behind.some(hasMovedOn)) return refuse("nothingToUndo");
  // Its decision may have been the one that let the others of its group go, and whoever only confirms behind them come early.
  const released = inForce(document).filter(({ stage, skipReason }) => stage === slot.stage && skipReason === "QUORUM");
  const early = inForce(document).filter((other) => isTurn(other) && [slot, ...released].some((one) => isAfter(other, one)));
  return { events: beginRound(document, [slot, ...released, ...early], null) };
};

/** Changes the body on the way; where the form asks for it, everybody decides anew. */
export const editBody: Rule<"editBody"> = (given) => {
  const { document, command } = given;
  const claimed = claim(given);
  if ("refusal" in claimed) return claimed;
  if (!document.policy.allowsBodyEdit) return refuse("formForbids");
  if (!isSigning(claimed.slot)) return refuse("notAuthorised");
  const changed: DocumentEvent = { type: "contentChanged", contentHash: command.contentHash, slotId: claimed.slot.id };
  if (!command.mustDecideAnew) return { events: [changed] };
  return { events: [changed, ...beginRound(document, inForce(document).filter(isResettable), command.opinion)] };
};

/** 협의 요청: a side question. The slot stays as it is. */
export const consult: Rule<"consult"> = ({ document, command, actor }) => {
  const found = findSlot(document, command.slotId);
  if ("refusal" in found) return found;
  const { slot } = found;
  if (slot.principalId !== actor.personId && !actor.standsInFor.has(slot.principalId)) return refuse("notYours");
  if (!isTurn(slot)) return refuse("notYourTurn", { state: slot.state });
  const { slotId, personIds, question } = command;
  if (question.trim() === "" || personIds.length === 0) return refuse("opinionRequired");
  return { events: [{ type: "consulted", slotId, personIds, question }] };
};
