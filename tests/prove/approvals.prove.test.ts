import fc from "fast-check";
import { expect, it } from "vitest";
import type { Command, DrawnLine } from "../../packages/api/src/modules/approval/engine/command";
import { decide } from "../../packages/api/src/modules/approval/engine/decide";
import { type Document, draftOf, isDecided, type Policy, type Slot } from "../../packages/api/src/modules/approval/engine/document";
import { type DocumentEvent, evolve, replay } from "../../packages/api/src/modules/approval/engine/event";
import { breachesOf } from "../../packages/api/src/modules/approval/engine/invariants";
import { commandOf, line, policy, type Step, step } from "./approval-scripts";
import { atDepth, seed, withSeed } from "./depth";
import { recordFigure } from "./figures";

const PROOF = "approvals";
const DOCUMENTS = atDepth({ sample: 1_000, full: 20_000 });
const START = Date.parse("2026-11-23T00:00:00Z");
const DRAFTER = {
  personId: "drafter",
  standsInFor: new Set<string>(),
  mayDecideAlone: false,
  isApprovalAdministrator: false,
  isSystem: false,
};

const ASKS_OF_ENDED = 4;
/** The only ways from one status to another. */
const EDGES = new Set([
  "DRAFT IN_PROGRESS",
  "DRAFT COMPLETED",
  ...["COMPLETED", "REJECTED", "RECALLED", "ABORTED"].map((status) => `IN_PROGRESS ${status}`),
  "COMPLETED VOIDED",
]);
/** The commands that may touch what somebody before has decided. */
const UNDOING = new Set(["returnTo", "undo", "editBody"]);

const frozen = <Value>(value: Value): Value => {
  if (typeof value === "object" && value !== null && !(value instanceof Set)) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
};

const decisionsOf = ({ slots }: Document): Map<string, string> =>
  new Map(slots.filter((slot) => isDecided(slot) || slot.state === "POST_DONE").map((slot) => [slot.id, JSON.stringify(slot.decision)]));

const changedDecisions = (before: Document, after: Document): string[] => {
  const now = decisionsOf(after);
  return [...decisionsOf(before)].filter(([id, decision]) => now.get(id) !== decision).map(([id]) => id);
};

/** What a step breaks that can only be seen between two states. */
const breachesOfStep = (before: Document, after: Document, type: string, events: readonly DocumentEvent[]): string[] => {
  const changed = changedDecisions(before, after);
  const fixed = ({ slots }: Document) => slots.filter(({ isFixed, state }) => isFixed && state !== "REPLACED").length;
  const isOver = before.status !== "IN_PROGRESS" && before.status !== "DRAFT";
  return [
    ...(before.status === after.status || EDGES.has(`${before.status} ${after.status}`) ? [] : [`I1: ${before.status} ${after.status}`]),
    ...(changed.length > 0 && !UNDOING.has(type) ? [`I16: ${type} changed ${changed}`] : []),
    ...(changed.length > 0 && after.round !== before.round + 1 ? [`I16: ${type} stays in round ${after.round}`] : []),
    ...(type === "changeLine" && fixed(after) < fixed(before) ? ["I17: a fixed slot is gone"] : []),
    ...(isOver && after.contentHash !== before.contentHash ? ["I11: the content changed"] : []),
    ...(type === "approveAfterwards" && after.status !== before.status ? ["I12: the status changed"] : []),
    ...(events.length === 0 ? ["an accepted command without an event"] : []),
  ];
};

/** I6: one decision of a slot in a round; a reset makes room for another one. */
const breachesOfLog = (log: readonly DocumentEvent[]): string[] => {
  const standing = new Set<string>();
  const breaches: string[] = [];
  for (const event of log) {
    if (event.type === "slotReset") standing.delete(event.slotId);
    if (event.type !== "slotDecided") continue;
    if (standing.has(event.slotId)) breaches.push(`I6: ${event.slotId} was decided twice`);
    standing.add(event.slotId);
  }
  return breaches;
};

/** A document as one reads it: its line, and what has become of each slot. */
const lineOf = ({ status, stages, slots }: Document): string =>
  [status, JSON.stringify(stages), ...slots.map(({ id, role, state, skipReason }) => `${id} ${role} ${skipReason ?? state}`)].join(" | ");

type Tally = { accepted: number; refused: Map<string, number>; statuses: Map<string, number>; commands: Set<string> };

const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);

type Script = { readonly allowed: Policy; readonly drawn: DrawnLine; readonly redrawn: DrawnLine; readonly steps: readonly Step[] };

const play = ({ allowed, drawn, redrawn, steps }: Script, tally: Tally): void => {
  const draft = draftOf("drafter", allowed, "hash 0");
  const log: DocumentEvent[] = [];
  let document = draft;
  let asksOfEnded = 0;
  const submitted = { command: { type: "submit", line: drawn } satisfies Command, actor: DRAFTER };
  for (let index = 0; index <= steps.length; index += 1) {
    const said = steps[index - 1];
    const { command, actor } = said ? commandOf(document, said, index, redrawn) : submitted;
    // What is over answers always the same: a few questions are enough.
    const isOver = document.status !== "IN_PROGRESS" && !document.slots.some(({ state }) => state === "POST_PENDING");
    if (isOver && index > 0) asksOfEnded += 1;
    if (asksOfEnded > ASKS_OF_ENDED) break;
    const outcome = decide(frozen(document), frozen(command), actor, new Date(START + index * 60_000));
    if ("refusal" in outcome) {
      count(tally.refused, outcome.refusal.code);
      continue;
    }
    const after = outcome.events.reduce(evolve, document);
    const breaches = [...breachesOf(after), ...breachesOfStep(document, after, command.type, outcome.events)];
    if (breaches.length > 0)
      throw new Error(`${breaches.join("\n")}\nafter ${index}: ${JSON.stringify(command)}\n${lineOf(document)}\n${lineOf(after)}`);
    log.push(...outcome.events);
    tally.accepted += 1;
    tally.commands.add(command.type);
    document = after;
  }
  expect(breachesOfLog(log)).toEqual([]);
  expect(replay(draft, JSON.parse(JSON.stringify(log)) as DocumentEvent[])).toEqual(document);
  count(tally.statuses, document.status);
};

it("random documents never break a rule of the engine", () =>
  withSeed(async () => {
    const tally: Tally = { accepted: 0, refused: new Map(), statuses: new Map(), commands: new Set() };
    const scripts = fc.record({
      allowed: policy,
      drawn: line,
      redrawn: line,
      steps: fc.array(step, { minLength: 5, maxLength: 40, size: "max" }),
    });
    fc.assert(
      fc.property(scripts, (script) => play(script, tally)),
      { numRuns: DOCUMENTS, seed },
    );
    // A proof over scripts that nobody accepts would prove nothing.
    expect(tally.commands.size).toBe(19);
    for (const status of ["IN_PROGRESS", "COMPLETED", "REJECTED", "RECALLED", "ABORTED", "VOIDED"])
      expect(tally.statuses.get(status) ?? 0, status).toBeGreaterThan(DOCUMENTS / 1_000);
    recordFigure(PROOF, "documents", DOCUMENTS);
    recordFigure(PROOF, "accepted commands", tally.accepted);
    recordFigure(
      PROOF,
      "refused commands",
      [...tally.refused.values()].reduce((sum, one) => sum + one, 0),
    );
  }));

it("is shown to see a breach", () => {
  const slot = { id: "a", stage: 0, branch: 0, place: 0, role: "APPROVE", principalId: "p1", isMandatory: true, isFixed: false } as const;
  const waiting: Slot = { ...slot, isDecider: false, state: "WAITING", skipReason: null, decision: null };
  const document: Document = {
    ...draftOf("drafter", { ...({} as Document["policy"]) }, "hash"),
    status: "IN_PROGRESS",
    stages: [{ join: "ALL" }],
    slots: [waiting],
  };
  expect(breachesOf(document)).toEqual(["I5: nobody's turn", "I2: a is WAITING"]);
  expect(breachesOf({ ...document, status: "REJECTED" })).toEqual(["I4: a is open"]);
  expect(breachesOf({ ...document, status: "COMPLETED" })).toEqual(["I3: nobody decided", "I3: a is open"]);
});
