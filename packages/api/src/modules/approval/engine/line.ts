import type { DrawnLine } from "./command";
import { compareSlots, type Document, isSigning, type Policy, type Slot } from "./document";

/** How many slots a line holds at most. */
export const MAX_SLOTS = 50;

/** What is wrong with a line. */
export type LineFault =
  | "empty"
  | "tooLong"
  | "idTwice"
  | "stageEmpty"
  | "joinImpossible"
  | "finalNotSingleApproval"
  | "optionalRole"
  | "mandatoryBehindDecider"
  | "personTwiceInGroup"
  | "drafterAudits"
  | "drafterIsFinal";

const OPTIONAL_ROLES: ReadonlySet<string> = new Set(["AGREE", "COOPERATE", "CONFIRM"]);

const slotsOf = ({ slots }: DrawnLine, stage: number) => slots.filter((slot) => slot.stage === stage);

const faultOfStages = (line: DrawnLine): LineFault | null => {
  for (const [index, { join }] of line.stages.entries()) {
    const slots = slotsOf(line, index);
    const branches = new Set(slots.map(({ branch }) => branch));
    if (slots.length === 0) return "stageEmpty";
    if (typeof join === "number" && !(Number.isInteger(join) && join >= 1 && join <= branches.size)) return "joinImpossible";
    // A branch of people who hold nobody up is always finished: it can't be what a group waits for.
    const canBeAwaited = [...branches].every((branch) => slots.some((slot) => slot.branch === branch && slot.role !== "CONFIRM"));
    if (join !== "ALL" && !canBeAwaited) return "joinImpossible";
    if (branches.size > 1 && new Set(slots.map(({ principalId }) => principalId)).size < slots.length) return "personTwiceInGroup";
  }
  return null;
};

/**
 * What is wrong with a line as it is drawn; null where nothing is. The last stage is one approval, whose approver is the final one; and behind
 * somebody who decides for all above her, nobody may stand who can't be passed.
 */
export const faultOfLine = (line: DrawnLine, drafterId: string, policy: Policy): LineFault | null => {
  const { stages, slots } = line;
  if (slots.length === 0 || stages.length === 0) return "empty";
  if (slots.length > MAX_SLOTS) return "tooLong";
  if (new Set(slots.map(({ id }) => id)).size < slots.length) return "idTwice";
  if (slots.some(({ stage }) => stage < 0 || stage >= stages.length)) return "stageEmpty";
  const fault = faultOfStages(line);
  if (fault) return fault;
  const last = slotsOf(line, stages.length - 1);
  const [final] = last;
  if (last.length !== 1 || final?.role !== "APPROVE") return "finalNotSingleApproval";
  if (slots.some(({ role, isMandatory }) => !isMandatory && !OPTIONAL_ROLES.has(role))) return "optionalRole";
  const decider = slots.find(({ isDecider }) => isDecider);
  const isUnpassable = ({ role, isMandatory }: (typeof slots)[number]) => isMandatory && ["AGREE", "COOPERATE", "AUDIT"].includes(role);
  if (decider && slots.some((slot) => isUnpassable(slot) && slot.stage >= decider.stage)) return "mandatoryBehindDecider";
  if (slots.some(({ role, principalId }) => role === "AUDIT" && principalId === drafterId)) return "drafterAudits";
  if (final.principalId === drafterId && !policy.allowsSoleApproval) return "drafterIsFinal";
  return null;
};

const isAlone = (slot: Slot, slots: readonly Slot[]): boolean => slots.every((other) => other === slot || other.stage !== slot.stage);

/**
 * The slots of a line with a state, as it begins: whoever drafts does not sign her own document before the end, and whoever stands twice in a
 * row signs once, at the higher place. Nobody is merged over somebody else, nor an agreement with an approval.
 */
export const beginLine = (line: DrawnLine, drafterId: string): Slot[] => {
  const fresh = line.slots.map((slot): Slot => ({ ...slot, state: "WAITING", skipReason: null, decision: null })).toSorted(compareSlots);
  const lastStage = line.stages.length - 1;
  const own = fresh.map(
    (slot): Slot =>
      slot.principalId === drafterId && slot.stage !== lastStage ? { ...slot, state: "SKIPPED", skipReason: "DRAFTER" } : slot,
  );
  return own.map((slot): Slot => {
    const next = own.find(({ stage }) => stage === slot.stage + 1);
    const isDouble =
      next !== undefined &&
      isSigning(slot) &&
      isSigning(next) &&
      next.principalId === slot.principalId &&
      isAlone(slot, own) &&
      isAlone(next, own);
    return isDouble && slot.state === "WAITING" && !slot.isDecider ? { ...slot, state: "SKIPPED", skipReason: "DUPLICATE" } : slot;
  });
};

/** What a slot looked like when it was drawn, to compare a new line with the one in force. */
const drawingOf = ({ id, role, principalId, isMandatory, isFixed, isDecider }: Slot | DrawnLine["slots"][number]): string =>
  JSON.stringify([id, role, principalId, isMandatory, isFixed, isDecider]);

/** Why a changed line can't take the place of the one in force: it leaves out what must stay, or gives a known name to another slot. */
export type RelayFault = { readonly lost: string } | { readonly taken: string };

/**
 * A changed line laid over the one in force: what `isKept` says must stay stays as it is and where it is, and new slots wait. A slot that is
 * known is the same one or none: the log names slots, and must mean one each.
 */
export const relayLine = (document: Document, line: DrawnLine, isKept: (slot: Slot) => boolean): Slot[] | RelayFault => {
  const known = new Map(document.slots.map((slot) => [slot.id, slot]));
  const isSame = (drawn: DrawnLine["slots"][number], slot: Slot) => slot.state !== "REPLACED" && drawingOf(drawn) === drawingOf(slot);
  const taken = line.slots.find((drawn) => known.has(drawn.id) && !isSame(drawn, known.get(drawn.id) as Slot));
  if (taken) return { taken: taken.id };
  const drawn = new Map(line.slots.map((slot) => [slot.id, slot]));
  const isLost = (slot: Slot): boolean => {
    const found = drawn.get(slot.id);
    if (isKept(slot)) return found === undefined || compareSlots(found, slot) !== 0;
    return slot.isFixed && found === undefined;
  };
  const replaced = document.slots.filter(({ state }) => state === "REPLACED");
  const lost = document.slots.find((slot) => slot.state !== "REPLACED" && isLost(slot));
  if (lost) return { lost: lost.id };
  const laid = beginLine(line, document.drafterId).map((slot): Slot => {
    const standing = known.get(slot.id);
    return standing && isKept(standing) ? standing : slot;
  });
  return [...laid, ...replaced].toSorted(compareSlots);
};
