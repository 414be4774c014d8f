import { type Claim, claim, type DecidingCase, decisionOf, findSlot, hasOpinion, type Outcome, type Rule, refuse } from "./claim";
import { type Document, finalSlot, isBlocking, isInForce, isOpen, isSigning, isTurn, type Result, type Role, type Slot } from "./document";
import { type DocumentEvent, replay } from "./event";
import { complete, postpone, withConsequences } from "./progress";

const CONSENT: Readonly<Record<Role, Result>> = {
  APPROVE: "APPROVED",
  REVIEW: "APPROVED",
  AGREE: "AGREED",
  COOPERATE: "AGREED",
  CONFIRM: "CONFIRMED",
  AUDIT: "CONFIRMED",
};

// Nobody decides over somebody who must be heard first: an agreement, a cooperation, an audit.
const openMandatory = ({ slots }: Document, except: Slot): Slot | undefined =>
  slots.find(
    (slot) => isInForce(slot) && isOpen(slot) && slot.id !== except.id && slot.isMandatory && isBlocking(slot) && !isSigning(slot),
  );

/** Whoever is passed at the end: those who sign in this way, whoever holds nobody up may look later, and all others are too late. */
const pass =
  (signing: (slot: Slot) => DocumentEvent) =>
  (slot: Slot): DocumentEvent => {
    if (isSigning(slot)) return signing(slot);
    return isBlocking(slot) ? { type: "slotSkipped", slotId: slot.id, reason: "LAPSED" } : postpone(slot);
  };

const completeFrom = (document: Document, decided: DocumentEvent, slotId: string, signing: (slot: Slot) => DocumentEvent): Outcome => ({
  events: [decided, ...complete(replay(document, [decided]), slotId, pass(signing))],
});

/** 전결: decides for all above her, whose cells stay empty. */
const decideForAll = (given: DecidingCase, claimed: Claim): Outcome => {
  const { document } = given;
  const { slot } = claimed;
  const open = openMandatory(document, slot);
  if (open) return refuse("mandatoryOpen", { slotId: open.id });
  const decision = decisionOf(given, claimed, "ARBITRARY");
  const decided: DocumentEvent = { type: "slotDecided", slotId: slot.id, result: "APPROVED", decision };
  return completeFrom(document, decided, slot.id, ({ id: slotId }) => ({ type: "slotSkipped", slotId, reason: "ARBITRARY" }));
};

/** 승인, 합의, 협조, 확인. Where the rule of authority ends the line at this slot, this decides for all above it. */
export const approve: Rule<"approve"> = (given) => {
  const claimed = claim(given);
  if ("refusal" in claimed) return claimed;
  const { slot } = claimed;
  if (slot.isDecider && isSigning(slot) && slot.id !== finalSlot(given.document)?.id) return decideForAll(given, claimed);
  const decision = decisionOf(given, claimed, "OWN");
  return {
    events: withConsequences(given.document, [{ type: "slotDecided", slotId: slot.id, result: CONSENT[slot.role], decision }]),
  };
};

/** 이견: the flow goes on, and the dissent is printed. */
export const dissent: Rule<"dissent"> = (given) => {
  const claimed = claim(given);
  if ("refusal" in claimed) return claimed;
  const { slot } = claimed;
  if (slot.role !== "AGREE" && slot.role !== "COOPERATE") return refuse("roleCantDissent");
  if (!hasOpinion(given.command)) return refuse("opinionRequired");
  const decision = decisionOf(given, claimed, "OWN");
  return { events: withConsequences(given.document, [{ type: "slotDecided", slotId: slot.id, result: "DISSENTED", decision }]) };
};

/** Whether somebody in this role may stop the document or send it back. */
export const mayReject = ({ policy }: Document, { role, isMandatory }: Slot): boolean =>
  role === "APPROVE" || role === "REVIEW" || role === "AUDIT" || (role === "AGREE" && isMandatory && policy.agreementMayReject);

/** The end without a result: whatever is open is cancelled. */
export const endAs = (document: Document, status: "REJECTED" | "RECALLED" | "ABORTED", reason: string | null): DocumentEvent[] => [
  ...document.slots
    .filter((slot) => isInForce(slot) && isOpen(slot))
    .map(({ id: slotId }): DocumentEvent => ({ type: "slotCanceled", slotId })),
  { type: "ended", status, reason },
];

/** 반려: the document ends here. */
export const reject: Rule<"reject"> = (given) => {
  const claimed = claim(given);
  if ("refusal" in claimed) return claimed;
  const { slot } = claimed;
  if (!mayReject(given.document, slot)) return refuse("roleCantReject");
  if (!hasOpinion(given.command)) return refuse("opinionRequired");
  const decided: DocumentEvent = { type: "slotDecided", slotId: slot.id, result: "REJECTED", decision: decisionOf(given, claimed, "OWN") };
  return { events: [decided, ...endAs(replay(given.document, [decided]), "REJECTED", given.command.opinion)] };
};

/** 보류: still hers, and others see that it is not forgotten. */
export const hold: Rule<"hold"> = (given) => {
  const claimed = claim(given, { states: ["ACTIVE"] });
  if ("refusal" in claimed) return claimed;
  const { personId: actorId } = given.actor;
  return { events: [{ type: "slotHeld", slotId: claimed.slot.id, actorId, opinion: given.command.opinion }] };
};

/** 전결 by somebody whom the rule of authority lets decide alone. */
export const decideArbitrarily: Rule<"decideArbitrarily"> = (given) => {
  const claimed = claim(given);
  if ("refusal" in claimed) return claimed;
  const { slot } = claimed;
  if (!isSigning(slot) || !(slot.isDecider || given.actor.mayDecideAlone)) return refuse("notAuthorised");
  return decideForAll(given, claimed);
};

/** 선결: signs before it is her turn. The final approver completes the document so, and whoever was passed signs afterwards. */
export const approveInAdvance: Rule<"approveInAdvance"> = (given) => {
  const { document } = given;
  const claimed = claim(given, { states: ["WAITING"] });
  if ("refusal" in claimed) return claimed;
  const { slot, isDeputy } = claimed;
  if (!document.policy.allowsAdvance) return refuse("formForbids");
  if (slot.role !== "APPROVE" || isDeputy) return refuse("notAuthorised");
  const decision = decisionOf(given, claimed, "ADVANCE");
  const decided: DocumentEvent = { type: "slotDecided", slotId: slot.id, result: "APPROVED", decision };
  if (slot.id !== finalSlot(document)?.id) return { events: withConsequences(document, [decided]) };
  const open = openMandatory(document, slot);
  if (open) return refuse("mandatoryOpen", { slotId: open.id });
  return completeFrom(document, decided, slot.id, postpone);
};

/** 후결, 후열: after the end, with a note of dissent at most. It changes nothing of what was decided. */
export const approveAfterwards: Rule<"approveAfterwards"> = (given) => {
  const claimed = claim(given, { states: ["POST_PENDING"], status: "COMPLETED" });
  if ("refusal" in claimed) return claimed;
  const { isDissenting } = given.command;
  if (isDissenting && !hasOpinion(given.command)) return refuse("opinionRequired");
  const decision = decisionOf(given, claimed, "AFTERWARDS");
  return { events: [{ type: "slotDoneAfterwards", slotId: claimed.slot.id, decision, isDissenting }] };
};

/** 기한: whom nobody must wait for is passed; the others are reminded, or taken as consenting where the form says so. */
export const lapse: Rule<"lapse"> = ({ document, command, actor, now }) => {
  if (!actor.isSystem) return refuse("notAuthorised");
  const found = findSlot(document, command.slotId);
  if ("refusal" in found) return found;
  const { slot } = found;
  if (!isTurn(slot)) return refuse("notYourTurn", { state: slot.state });
  const { id: slotId } = slot;
  if (!slot.isMandatory && isBlocking(slot))
    return { events: withConsequences(document, [{ type: "slotSkipped", slotId, reason: "LAPSED" }]) };
  if (document.policy.lapse === "REMIND" || !isBlocking(slot)) return { events: [{ type: "slotReminded", slotId }] };
  const decision = {
    actorId: actor.personId,
    capacity: "LAPSED",
    isDeputy: false,
    at: now.toISOString(),
    seenHash: document.contentHash,
    opinion: null,
    round: document.round,
  } as const;
  return { events: withConsequences(document, [{ type: "slotDecided", slotId, result: CONSENT[slot.role], decision }]) };
};
