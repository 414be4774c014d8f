import { type Document, isBlocking, isDecided, isInForce, isOpen, isTurn, type Slot } from "./document";

const ENDED_OPEN: ReadonlySet<string> = new Set(["REJECTED", "RECALLED", "ABORTED"]);

const branchOf = (slots: readonly Slot[], { stage, branch }: Slot): Slot[] =>
  slots.filter((slot) => slot.stage === stage && slot.branch === branch);

/** A branch in which somebody holds the others up, and not all of those were passed. */
const isAwaited = (branch: readonly Slot[]): boolean => branch.some((slot) => isBlocking(slot) && slot.state !== "SKIPPED");

/** Said once more and in another way than the flow itself says it: enough branches of the stage have nothing open that holds others up. */
const isPassed = ({ stages }: Document, slots: readonly Slot[], stage: number): boolean => {
  const numbers = [...new Set(slots.filter((slot) => slot.stage === stage).map(({ branch }) => branch))];
  const branches = numbers.map((branch) => slots.filter((slot) => slot.stage === stage && slot.branch === branch)).filter(isAwaited);
  const open = branches.filter((branch) => branch.some((slot) => isBlocking(slot) && isOpen(slot)));
  const join = stages[stage]?.join ?? "ALL";
  if (join === "ALL") return open.length === 0;
  return branches.length === 0 || branches.length - open.length >= Math.min(join === "ANY" ? 1 : join, branches.length);
};

/** Whether the flow has come to a slot: every earlier stage lets it by, and nobody before it in its branch is still to decide. */
const isReached = (document: Document, slots: readonly Slot[], slot: Slot): boolean => {
  const earlier = document.stages.map((_stage, index) => index).filter((index) => index < slot.stage);
  const before = branchOf(slots, slot).filter((other) => other.place < slot.place);
  return earlier.every((stage) => isPassed(document, slots, stage)) && !before.some((other) => isBlocking(other) && isOpen(other));
};

const breachesInProgress = (document: Document, slots: readonly Slot[]): string[] => [
  ...(slots.some(isTurn) ? [] : ["I5: nobody's turn"]),
  ...slots
    .filter(isOpen)
    .filter((slot) => isTurn(slot) !== isReached(document, slots, slot))
    .map(({ id, state }) => `I2: ${id} is ${state}`),
  ...slots.filter(({ state }) => state === "POST_PENDING" || state === "POST_DONE").map(({ id }) => `I3: ${id} is after the end`),
];

const breachesOfCompleted = ({ decidedBySlotId }: Document, slots: readonly Slot[]): string[] => {
  const decider = slots.find(({ id }) => id === decidedBySlotId);
  const isSound = decider?.role === "APPROVE" || decider?.decision?.capacity === "ARBITRARY";
  return [
    ...(decider?.state === "APPROVED" && isSound ? [] : ["I3: nobody decided"]),
    ...slots.filter(isOpen).map(({ id }) => `I3: ${id} is open`),
    ...slots
      .filter(({ role, isMandatory, state }) => (role === "AUDIT" || (isMandatory && role === "AGREE")) && state === "POST_PENDING")
      .map(({ id }) => `I3: ${id} was not heard`),
  ];
};

const breachesOfSlot = ({ drafterId, policy }: Document, slot: Slot): string[] => {
  const { id, state, decision, skipReason, role } = slot;
  const mustHaveDecision = isDecided(slot) || state === "POST_DONE";
  return [
    ...(mustHaveDecision === (decision !== null) ? [] : [`I6: ${id} is ${state}`]),
    ...((state === "SKIPPED") === (skipReason !== null) ? [] : [`I7: ${id} is ${state} for ${skipReason}`]),
    ...(decision && decision.actorId !== slot.principalId && !decision.isDeputy && decision.capacity !== "LAPSED" ? [`I8: ${id}`] : []),
    ...(decision?.actorId === drafterId && role === "APPROVE" && !policy.allowsSoleApproval ? [`I9: ${id}`] : []),
    ...(state === "REJECTED" && !decision?.opinion?.trim() ? [`I15: ${id}`] : []),
  ];
};

/** What of a document breaks the rules that hold for every document at any time, each by its number in the specification; empty is right. */
export const breachesOf = (document: Document): string[] => {
  const slots = document.slots.filter(isInForce);
  const { status } = document;
  return [
    ...slots.flatMap((slot) => breachesOfSlot(document, slot)),
    ...(status === "IN_PROGRESS" ? breachesInProgress(document, slots) : []),
    ...(status === "COMPLETED" || status === "VOIDED" ? breachesOfCompleted(document, slots) : []),
    ...(ENDED_OPEN.has(status) ? slots.filter(isOpen).map(({ id }) => `I4: ${id} is open`) : []),
  ];
};
