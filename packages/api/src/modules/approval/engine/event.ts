import type { Decision, Document, Result, SkipReason, Slot, Stage, Status } from "./document";

/** What happened to a document. Facts alone: a log of them, folded by `evolve`, is the document. */
export type DocumentEvent =
  | { readonly type: "submitted"; readonly stages: readonly Stage[]; readonly slots: readonly Slot[] }
  | { readonly type: "lineChanged"; readonly stages: readonly Stage[]; readonly slots: readonly Slot[] }
  | { readonly type: "slotActivated"; readonly slotId: string }
  | { readonly type: "slotHeld"; readonly slotId: string; readonly actorId: string; readonly opinion: string | null }
  | { readonly type: "slotDecided"; readonly slotId: string; readonly result: Result; readonly decision: Decision }
  | { readonly type: "slotSkipped"; readonly slotId: string; readonly reason: SkipReason }
  | { readonly type: "slotPostponed"; readonly slotId: string }
  | { readonly type: "slotDoneAfterwards"; readonly slotId: string; readonly decision: Decision; readonly isDissenting: boolean }
  | { readonly type: "slotReset"; readonly slotId: string }
  | { readonly type: "slotReplaced"; readonly slotId: string; readonly by: Slot }
  | { readonly type: "slotCanceled"; readonly slotId: string }
  | { readonly type: "slotReminded"; readonly slotId: string }
  | { readonly type: "roundBegun"; readonly round: number; readonly opinion: string | null }
  | { readonly type: "consulted"; readonly slotId: string; readonly personIds: readonly string[]; readonly question: string }
  | { readonly type: "contentChanged"; readonly contentHash: string; readonly slotId: string }
  | { readonly type: "completed"; readonly slotId: string }
  | { readonly type: "ended"; readonly status: Extract<Status, "REJECTED" | "RECALLED" | "ABORTED">; readonly reason: string | null }
  | { readonly type: "voided"; readonly byDocumentId: string };

const withSlot = (document: Document, slotId: string, change: Partial<Slot>): Document => ({
  ...document,
  slots: document.slots.map((slot) => (slot.id === slotId ? { ...slot, ...change } : slot)),
});

/** The document after something happened to it. */
export const evolve = (document: Document, event: DocumentEvent): Document => {
  switch (event.type) {
    case "submitted":
      return { ...document, status: "IN_PROGRESS", round: 1, lineVersion: 1, stages: event.stages, slots: event.slots };
    case "lineChanged":
      return { ...document, lineVersion: document.lineVersion + 1, stages: event.stages, slots: event.slots };
    case "slotActivated":
      return withSlot(document, event.slotId, { state: "ACTIVE" });
    case "slotHeld":
      return withSlot(document, event.slotId, { state: "HELD" });
    case "slotDecided":
      return withSlot(document, event.slotId, { state: event.result, decision: event.decision });
    case "slotSkipped":
      return withSlot(document, event.slotId, { state: "SKIPPED", skipReason: event.reason });
    case "slotPostponed":
      return withSlot(document, event.slotId, { state: "POST_PENDING" });
    case "slotDoneAfterwards":
      return withSlot(document, event.slotId, { state: "POST_DONE", decision: event.decision });
    case "slotReset":
      return withSlot(document, event.slotId, { state: "WAITING", skipReason: null, decision: null });
    case "slotReplaced":
      return replace(document, event.slotId, event.by);
    case "slotCanceled":
      return withSlot(document, event.slotId, { state: "CANCELED" });
    case "roundBegun":
      return { ...document, round: event.round };
    case "contentChanged":
      return { ...document, contentHash: event.contentHash };
    case "completed":
      return { ...document, status: "COMPLETED", decidedBySlotId: event.slotId };
    case "ended":
      return { ...document, status: event.status };
    case "voided":
      return { ...document, status: "VOIDED" };
    case "slotReminded":
    case "consulted":
      return document;
  }
};

const replace = (document: Document, slotId: string, by: Slot): Document => ({
  ...document,
  slots: document.slots.flatMap((slot) => (slot.id === slotId ? [{ ...slot, state: "REPLACED" as const }, by] : [slot])),
});

/** A document from everything that happened to it. */
export const replay = (draft: Document, events: readonly DocumentEvent[]): Document => events.reduce(evolve, draft);
