import { hasOpinion, type Outcome, type Rule, refuse, whyClosed } from "./claim";
import type { DrawnLine } from "./command";
import { endAs } from "./decisions";
import { type Document, isActed, isBlocking, isInForce, isOpen, isSigning, isTurn, type Slot } from "./document";
import type { DocumentEvent } from "./event";
import { beginLine, faultOfLine, relayLine } from "./line";
import { withConsequences } from "./progress";

/** 상신. */
export const submit: Rule<"submit"> = ({ document, command: { line }, actor }) => {
  if (document.status !== "DRAFT") return refuse("notDraft");
  if (actor.personId !== document.drafterId) return refuse("notYours");
  const fault = faultOfLine(line, document.drafterId, document.policy);
  if (fault) return refuse("lineInvalid", { fault });
  const slots = beginLine(line, document.drafterId);
  return { events: withConsequences(document, [{ type: "submitted", stages: line.stages, slots }]) };
};

const hasSomeoneActed = ({ slots }: Document): boolean => slots.filter(isInForce).some(isActed);

/** Who may change the line now, as what of it must stay; null for who may not. */
const keptFor = (document: Document, actorId: string): ((slot: Slot) => boolean) | "someoneActed" | "formForbids" | null => {
  if (actorId === document.drafterId) return hasSomeoneActed(document) ? "someoneActed" : () => false;
  const isApprover = document.slots.some((slot) => slot.principalId === actorId && isTurn(slot) && isSigning(slot));
  if (!isApprover) return null;
  return document.policy.approverChangesLine ? ({ state }) => state !== "WAITING" : "formForbids";
};

const relay = (document: Document, line: DrawnLine, isKept: (slot: Slot) => boolean): Outcome => {
  const fault = faultOfLine(line, document.drafterId, document.policy);
  if (fault) return refuse("lineInvalid", { fault });
  const slots = relayLine(document, line, isKept);
  if ("taken" in slots) return refuse("lineInvalid", { fault: "idTwice", slotId: slots.taken });
  if ("lost" in slots) return refuse("lineLosesSlot", { slotId: slots.lost });
  return { events: withConsequences(document, [{ type: "lineChanged", stages: line.stages, slots }]) };
};

/** The drafter changes the line before anybody has acted; later an approver changes what stands behind her, if the form allows it. */
export const changeLine: Rule<"changeLine"> = ({ document, command, actor }) => {
  if (document.status !== "IN_PROGRESS") return whyClosed(document.status);
  const kept = keptFor(document, actor.personId);
  if (kept === null) return refuse("notYours");
  return typeof kept === "string" ? refuse(kept) : relay(document, command.line, kept);
};

type NewPerson = { readonly slotId: string; readonly newSlotId: string; readonly personId: string };

const replaceBy = (document: Document, slot: Slot, { newSlotId, personId }: NewPerson): Outcome => {
  const isDrafters = personId === document.drafterId;
  if (isDrafters && (slot.role === "AUDIT" || (slot.role === "APPROVE" && !document.policy.allowsSoleApproval)))
    return refuse("drafterCantDecide");
  const group = document.slots.filter((other) => isInForce(other) && other.stage === slot.stage && other.id !== slot.id);
  if (group.some(({ principalId }) => principalId === personId)) return refuse("lineInvalid", { fault: "personTwiceInGroup" });
  if (document.slots.some(({ id }) => id === newSlotId)) return refuse("lineInvalid", { fault: "idTwice" });
  const by: Slot = { ...slot, id: newSlotId, principalId: personId, state: slot.state === "HELD" ? "ACTIVE" : slot.state };
  return { events: [{ type: "slotReplaced", slotId: slot.id, by }] };
};

/** A slot that somebody else can take over: nothing has become of it, or it waits for a look after the end. */
const findTransferable = ({ status, slots }: Document, slotId: string): Slot | undefined => {
  const slot = slots.find(({ id }) => id === slotId);
  if (!slot) return undefined;
  const isThere = status === "IN_PROGRESS" ? isOpen(slot) : status === "COMPLETED" && slot.state === "POST_PENDING";
  return isThere ? slot : undefined;
};

/** An administrator gives a place to somebody else, with a reason. What was decided stays with who decided it. */
export const reassign: Rule<"reassign"> = ({ document, command, actor }) => {
  if (!actor.isApprovalAdministrator) return refuse("notAuthorised");
  if (command.reason.trim() === "") return refuse("opinionRequired");
  const slot = findTransferable(document, command.slotId);
  return slot ? replaceBy(document, slot, command) : refuse("notYourTurn");
};

/** Somebody has left or moved: her place goes to who follows her. Nobody follows a look after the end, nor who need not be waited for. */
export const succeed: Rule<"succeed"> = ({ document, command, actor }) => {
  if (!actor.isSystem) return refuse("notAuthorised");
  const slot = findTransferable(document, command.slotId);
  if (!slot) return refuse("notYourTurn");
  const { personId, slotId } = command;
  if (personId !== null) return replaceBy(document, slot, { ...command, personId });
  if (slot.isMandatory && isBlocking(slot) && slot.state !== "POST_PENDING") return refuse("mandatoryOpen", { slotId });
  const skipped: DocumentEvent = { type: "slotSkipped", slotId, reason: "VACANT" };
  return { events: document.status === "IN_PROGRESS" ? withConsequences(document, [skipped]) : [skipped] };
};

/** 회수, by the drafter as far as the form lets her, or by an administrator where she is not there any more. */
export const recall: Rule<"recall"> = ({ document, command: { reason }, actor }) => {
  if (document.status !== "IN_PROGRESS") return whyClosed(document.status);
  const isDrafter = actor.personId === document.drafterId;
  if (!isDrafter && !actor.isApprovalAdministrator) return refuse("notYours");
  const hasActed = hasSomeoneActed(document);
  const { recall: allowed } = document.policy;
  if (isDrafter && allowed === "NEVER") return refuse("formForbids");
  if (isDrafter && allowed === "BEFORE_FIRST_ACTION" && hasActed) return refuse("someoneActed");
  if ((hasActed || !isDrafter) && !hasOpinion({ opinion: reason })) return refuse("opinionRequired");
  return { events: endAs(document, "RECALLED", reason) };
};

/** Two administrators together end a document that can't go on. */
export const abort: Rule<"abort"> = ({ document, command, actor }) => {
  if (!actor.isApprovalAdministrator) return refuse("notAuthorised");
  if (document.status !== "IN_PROGRESS") return whyClosed(document.status);
  if (command.secondAdministratorId === actor.personId) return refuse("sameAdministrator");
  if (command.reason.trim() === "") return refuse("opinionRequired");
  return { events: endAs(document, "ABORTED", command.reason) };
};

/** A completed document that cancels this one takes its effect away; its number and what was decided stay. */
export const voidDocument: Rule<"void"> = ({ document, command, actor }) => {
  if (!actor.isSystem) return refuse("notAuthorised");
  return document.status === "COMPLETED"
    ? { events: [{ type: "voided", byDocumentId: command.byDocumentId }] }
    : whyClosed(document.status);
};
