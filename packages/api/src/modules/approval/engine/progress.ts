import { compareSlots, type Document, isBlocking, isDecided, isInForce, isOpen, type Slot, type SlotState, type Stage } from "./document";
import { type DocumentEvent, replay } from "./event";

const branchesOf = (slots: readonly Slot[]): Slot[][] => {
  const branches = new Map<number, Slot[]>();
  for (const slot of slots.toSorted(compareSlots)) branches.set(slot.branch, [...(branches.get(slot.branch) ?? []), slot]);
  return [...branches.values()];
};

/**
 * Whether a stage lets the next one begin. A branch that was skipped as a whole has decided nothing: it is not waited for, and it is not one
 * of those that a group of "any" or "two of them" is waiting for either.
 */
export const isSatisfied = ({ join }: Stage, slots: readonly Slot[]): boolean => {
  const awaited = branchesOf(slots)
    .map((branch) => branch.filter(isBlocking))
    .filter((branch) => branch.some(({ state }) => state !== "SKIPPED"));
  const finished = awaited.filter((branch) => !branch.some(isOpen)).length;
  const needed = join === "ALL" ? awaited.length : join === "ANY" ? 1 : join;
  return finished >= Math.min(needed, awaited.length);
};

/** Whose turn it is in a stage that is reached: the first of each branch, and on the way whoever holds nobody up. */
const turnsOf = (slots: readonly Slot[]): Slot[] =>
  branchesOf(slots).flatMap((branch) => {
    const barrier = branch.findIndex((slot) => isBlocking(slot) && isOpen(slot));
    return barrier < 0 ? branch : branch.slice(0, barrier + 1);
  });

const isWaiting = ({ state }: Slot): boolean => state === "WAITING";

/** What is left of a document that is completed: whoever holds nobody up may still look, all others are passed for this reason. */
export const complete = (document: Document, slotId: string, become: (slot: Slot) => DocumentEvent): DocumentEvent[] => [
  ...document.slots.filter((slot) => isInForce(slot) && isOpen(slot) && slot.id !== slotId).map(become),
  { type: "completed", slotId },
];

export const postpone = ({ id: slotId }: Slot): DocumentEvent => ({ type: "slotPostponed", slotId });

/** What follows by itself from what stands: whose turn it is now, whom nobody waits for any more, and the end. */
export const advance = (document: Document): DocumentEvent[] => {
  const events: DocumentEvent[] = [];
  const activate = ({ id: slotId }: Slot): DocumentEvent => ({ type: "slotActivated", slotId });
  const standing = document.slots.filter(isInForce);
  for (const [index, stage] of document.stages.entries()) {
    const slots = standing.filter((slot) => slot.stage === index);
    if (!isSatisfied(stage, slots)) return [...events, ...turnsOf(slots).filter(isWaiting).map(activate)];
    events.push(
      ...slots
        .filter(isWaiting)
        .filter((slot) => !isBlocking(slot))
        .map(activate),
      ...slots
        .filter((slot) => isBlocking(slot) && isOpen(slot))
        .map(({ id: slotId }): DocumentEvent => ({ type: "slotSkipped", slotId, reason: "QUORUM" })),
    );
  }
  const final = standing
    .filter(({ role }) => role === "APPROVE")
    .filter(isDecided)
    .toSorted(compareSlots)
    .at(-1);
  return final ? [...events, ...complete(replay(document, events), final.id, postpone)] : events;
};

/** These events, and what follows from them by itself. */
export const withConsequences = (document: Document, events: readonly DocumentEvent[]): DocumentEvent[] => [
  ...events,
  ...advance(replay(document, events)),
];

const SKIPPED_FOR_THE_FLOW: ReadonlySet<string> = new Set(["LAPSED", "QUORUM"]);
const RESETTABLE: ReadonlySet<SlotState> = new Set(["ACTIVE", "HELD", "APPROVED", "AGREED", "DISSENTED", "CONFIRMED"]);

/** What a new round undoes. Who was passed because of who she is (중복, 기안자 본인, 공석) is passed again. */
export const isResettable = ({ state, skipReason }: Slot): boolean =>
  RESETTABLE.has(state) || (state === "SKIPPED" && SKIPPED_FOR_THE_FLOW.has(skipReason ?? ""));

/** A new round in which these slots are asked again. */
export const beginRound = (document: Document, slots: readonly Slot[], opinion: string | null): DocumentEvent[] =>
  withConsequences(document, [
    { type: "roundBegun", round: document.round + 1, opinion },
    ...slots.map(({ id: slotId }): DocumentEvent => ({ type: "slotReset", slotId })),
  ]);
