import type { Actor, Command, DrawnLine, DrawnSlot } from "../command";
import { decide } from "../decide";
import { DEFAULT_POLICY, type Document, draftOf, type Join, type Policy, type Role, type Slot } from "../document";
import { evolve } from "../event";

export const NOW = new Date("2026-11-23T09:00:00Z");

type Drawn = Partial<DrawnSlot> & { readonly id: string; readonly role?: Role };
export type Group = { readonly join: Join; readonly branches: readonly (readonly Drawn[])[] };

/** A line as one says it: a slot by itself, or branches side by side. Whoever is not named is called as the slot is. */
export const lineOf = (...stages: readonly (Drawn | Group)[]): DrawnLine => {
  const groups = stages.map((stage): Group => ("branches" in stage ? stage : { join: "ALL", branches: [[stage]] }));
  const slots = groups.flatMap(({ branches }, stage) =>
    branches.flatMap((drawn, branch) =>
      drawn.map(
        (slot, place): DrawnSlot => ({
          role: "APPROVE",
          principalId: slot.id,
          isMandatory: true,
          isFixed: false,
          isDecider: false,
          ...slot,
          stage,
          branch,
          place,
        }),
      ),
    ),
  );
  return { stages: groups.map(({ join }) => ({ join })), slots };
};

/** People side by side, all of whom are waited for. */
export const all = (...ids: readonly (string | Drawn)[]): Group => ({
  join: "ALL",
  branches: ids.map((one) => [typeof one === "string" ? { id: one } : one]),
});

/** Somebody who asks, without more power than is named. */
export const as = (personId: string, more: Partial<Actor> = {}): Actor => ({
  personId,
  standsInFor: new Set(),
  mayDecideAlone: false,
  isApprovalAdministrator: false,
  isSystem: false,
  ...more,
});

/** A document on its way, asked one thing after the other. */
export class Flow {
  document: Document;

  constructor(line: DrawnLine, policy: Partial<Policy> = {}) {
    this.document = draftOf("drafter", { ...DEFAULT_POLICY, ...policy }, "hash");
    this.ask({ type: "submit", line }, as("drafter"));
  }

  /** What became of it: the code of a refusal, or the status of the document. */
  ask(command: Command, actor: Actor, now = NOW): string {
    const outcome = decide(this.document, command, actor, now);
    if ("refusal" in outcome) return outcome.refusal.code;
    this.document = outcome.events.reduce(evolve, this.document);
    return this.document.status;
  }

  do(type: "approve" | "dissent" | "reject" | "hold" | "decideArbitrarily" | "approveInAdvance", slotId: string, by = as(slotId)): string {
    return this.ask({ type, slotId, seenHash: this.document.contentHash, opinion: "의견" }, by);
  }

  returnTo(slotId: string, targetSlotId: string): string {
    return this.ask({ type: "returnTo", slotId, targetSlotId, seenHash: "hash", opinion: "다시 봐 주세요" }, as(slotId));
  }

  slot(id: string): Slot {
    const slot = this.document.slots.find((one) => one.id === id);
    if (!slot) throw new Error(`there is no slot ${id}`);
    return slot;
  }

  /** The states of the line, in its order. */
  get line(): string {
    return this.document.slots.map(({ id, state, skipReason }) => `${id}:${skipReason ?? state}`).join(" ");
  }
}
