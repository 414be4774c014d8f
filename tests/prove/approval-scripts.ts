import fc from "fast-check";
import type { Actor, Command, DrawnLine, DrawnSlot } from "../../packages/api/src/modules/approval/engine/command";
import {
  DEFAULT_POLICY,
  type Document,
  type Join,
  type Policy,
  ROLES,
  type Slot,
} from "../../packages/api/src/modules/approval/engine/document";
import { faultOfLine } from "../../packages/api/src/modules/approval/engine/line";

const PEOPLE = ["drafter", "p1", "p2", "p3", "p4", "p5"] as const;
const person = fc.constantFrom(...PEOPLE);
const approver = fc.constantFrom(...PEOPLE.slice(1));

/** What stands before the final approval: stages of one, or of branches side by side. */
const slot = fc.record({
  role: fc.constantFrom(...ROLES),
  principalId: fc.oneof({ weight: 8, arbitrary: approver }, { weight: 1, arbitrary: fc.constant("drafter") }),
  isOptional: fc.nat(3).map((one) => one === 0),
  isFixed: fc.nat(7).map((one) => one === 0),
  isDecider: fc.nat(9).map((one) => one === 0),
});
const branch = fc.array(slot, { minLength: 1, maxLength: 2 });
const stage = fc.record({
  join: fc.constantFrom<Join>("ALL", "ALL", "ANY", 2),
  branches: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(branch.map((slots) => slots.slice(0, 1))) },
    { weight: 2, arbitrary: fc.array(branch, { minLength: 2, maxLength: 3 }) },
  ),
});

const OPTIONAL = new Set(["AGREE", "COOPERATE", "CONFIRM"]);

/** Any line that somebody could draw. */
export const drawnLine: fc.Arbitrary<DrawnLine> = fc
  .record({
    stages: fc.array(stage, { minLength: 2, maxLength: 4, size: "max" }),
    final: approver,
    isSole: fc.nat(19).map((one) => one === 0),
    prefix: fc.nat(3),
  })
  .map(({ stages, final, isSole, prefix }): DrawnLine => {
    const slots = stages.flatMap(({ branches }, stageIndex) =>
      branches.flatMap((drawn, branchIndex) =>
        drawn.map(
          ({ isOptional, ...rest }, place): DrawnSlot => ({
            ...rest,
            id: `s${prefix}-${stageIndex}-${branchIndex}-${place}`,
            stage: stageIndex,
            branch: branchIndex,
            place,
            isMandatory: !(isOptional && OPTIONAL.has(rest.role)),
          }),
        ),
      ),
    );
    const last: DrawnSlot = {
      id: `final${prefix}`,
      stage: stages.length,
      branch: 0,
      place: 0,
      role: "APPROVE",
      principalId: isSole ? "drafter" : final,
      isMandatory: true,
      isFixed: false,
      isDecider: false,
    };
    return { stages: [...stages.map(({ join }) => ({ join })), { join: "ALL" as const }], slots: [...slots, last] };
  });

const ANYTHING_GOES = { ...DEFAULT_POLICY, allowsSoleApproval: true };

/** Lines that can be submitted, and now and then one that can't. */
export const line = fc.oneof(
  { weight: 19, arbitrary: drawnLine.filter((drawn) => faultOfLine(drawn, "drafter", ANYTHING_GOES) === null) },
  { weight: 1, arbitrary: drawnLine },
);

export const policy: fc.Arbitrary<Policy> = fc.record({
  agreementMayReject: fc.boolean(),
  recall: fc.constantFrom("BEFORE_FIRST_ACTION", "BEFORE_FINAL", "NEVER"),
  allowsReturn: fc.boolean(),
  allowsAdvance: fc.boolean(),
  allowsBodyEdit: fc.boolean(),
  approverChangesLine: fc.boolean(),
  allowsSoleApproval: fc.boolean(),
  lapse: fc.constantFrom("REMIND", "APPROVE"),
});

/** How often each is asked: what ends a document is rare, or no script would get far. */
const WEIGHTS: readonly (readonly [number, ...Command["type"][]])[] = [
  [40, "approve"],
  [30, "dissent", "hold", "undo", "returnTo", "consult", "changeLine"],
  [25, "reassign", "succeed", "editBody", "lapse", "approveInAdvance", "approveAfterwards", "decideArbitrarily"],
  [4, "reject", "recall", "abort", "void", "submit"],
];

/** A command as a script says it: people and slots by a number that means something wherever it stands. */
export const step = fc.record({
  type: fc.oneof(...WEIGHTS.map(([weight, ...types]) => ({ weight, arbitrary: fc.constantFrom(...types) }))),
  slot: fc.nat(20),
  target: fc.nat(20),
  by: fc.oneof(
    { weight: 8, arbitrary: fc.constant("principal" as const) },
    { weight: 2, arbitrary: fc.constant("deputy" as const) },
    person,
  ),
  other: person,
  hasOpinion: fc.nat(5).map((one) => one > 0),
  isStale: fc.nat(14).map((one) => one === 0),
  aimsAtTurn: fc.nat(5).map((one) => one > 0),
  isPowerful: fc.boolean(),
  isDecidingAnew: fc.boolean(),
});
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const LIKELY_TURN = ({ state }: Slot): boolean => state === "ACTIVE" || state === "HELD";
/** Where a command mostly makes sense. */
const LIKELY: Partial<Record<Command["type"], (slot: Slot) => boolean>> = {
  undo: ({ decision }) => decision !== null,
  approveInAdvance: ({ state, role }) => state === "WAITING" && role === "APPROVE",
  approveAfterwards: ({ state }) => state === "POST_PENDING",
};

/** What the scheduler asks, and whoever listens to the organisation: nobody's hand. */
const BY_NOBODY: ReadonlySet<Command["type"]> = new Set(["lapse", "succeed", "void"]);

const pick = <Value>(values: readonly Value[], at: number): Value | undefined => values[at % Math.max(values.length, 1)];

const personOf = ({ by, other, type }: Step, slot: Slot | undefined): string => {
  if (by === "deputy") return other;
  if (by !== "principal") return by;
  return (type === "undo" ? slot?.decision?.actorId : slot?.principalId) ?? "p1";
};

/** What a step asks of this document, and who asks. */
export const commandOf = (document: Document, said: Step, count: number, line: DrawnLine): { command: Command; actor: Actor } => {
  const likely = LIKELY[said.type] ?? LIKELY_TURN;
  const found = document.slots.filter(likely);
  const aimed = said.aimsAtTurn && found.length > 0 ? found : document.slots;
  const slot = pick(aimed, said.slot);
  const slotId = slot?.id ?? "none";
  const isNobody = BY_NOBODY.has(said.type) && said.isPowerful;
  const actor: Actor = {
    personId: isNobody ? "system" : personOf(said, slot),
    standsInFor: new Set(said.by === "deputy" && slot ? [slot.principalId] : []),
    mayDecideAlone: said.isPowerful && said.isDecidingAnew,
    isApprovalAdministrator: said.isPowerful,
    isSystem: isNobody,
  };
  const opinion = said.hasOpinion ? `의견 ${count}` : null;
  const deciding = { slotId, seenHash: said.isStale ? "stale" : document.contentHash, opinion };
  return { actor, command: build(document, said, { ...deciding, line }, count) };
};

type Named = { readonly slotId: string; readonly seenHash: string; readonly opinion: string | null; readonly line: DrawnLine };

const build = (document: Document, said: Step, { line, ...deciding }: Named, count: number): Command => {
  const { slotId, opinion } = deciding;
  const { type } = said;
  switch (type) {
    case "submit":
      return { type, line };
    case "changeLine":
      return { type, line: said.isDecidingAnew ? line : extended(document, said, count) };
    case "approveAfterwards":
      return { type, ...deciding, isDissenting: said.isDecidingAnew };
    case "returnTo":
      return { type, ...deciding, targetSlotId: pick(document.slots, said.target)?.id ?? "none" };
    case "undo":
    case "lapse":
      return { type, slotId };
    case "consult":
      return { type, slotId, personIds: [said.other], question: opinion ?? "" };
    case "reassign":
      return { type, slotId, newSlotId: `r${count}`, personId: said.other, reason: opinion ?? "" };
    case "succeed":
      return { type, slotId, newSlotId: `r${count}`, personId: said.isDecidingAnew ? said.other : null };
    case "editBody":
      return { type, ...deciding, contentHash: `hash ${count}`, mustDecideAnew: said.isDecidingAnew };
    case "recall":
      return { type, reason: opinion };
    case "abort":
      return { type, secondAdministratorId: said.other, reason: opinion ?? "" };
    case "void":
      return { type, byDocumentId: `v${count}` };
    default:
      return { type, ...deciding };
  }
};

/** The line that stands, and one more review before the final approval: what an approver would add. */
const extended = ({ stages, slots }: Document, said: Step, count: number): DrawnLine => {
  const last = stages.length - 1;
  const drawn = slots
    .filter(({ state }) => state !== "REPLACED")
    .map(({ state: _state, skipReason: _skipReason, decision: _decision, ...slot }): DrawnSlot => slot);
  const added: DrawnSlot = {
    id: `a${count}`,
    stage: last,
    branch: 0,
    place: 0,
    role: "REVIEW",
    principalId: said.other,
    isMandatory: true,
    isFixed: false,
    isDecider: false,
  };
  return {
    stages: [...stages.slice(0, last), { join: "ALL" }, ...stages.slice(last)],
    slots: [...drawn.map((slot) => (slot.stage === last ? { ...slot, stage: last + 1 } : slot)), added],
  };
};
