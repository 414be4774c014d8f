import { describe, expect, it } from "vitest";
import type { Command } from "./command";
import { decide } from "./decide";
import { DEFAULT_POLICY, draftOf, type Join } from "./document";
import { all, as, Flow, type Group, lineOf, NOW } from "./testing/flow";

describe("the line", () => {
  it("asks one after the other and is completed by the last", () => {
    const flow = new Flow(lineOf({ id: "a", role: "REVIEW" }, { id: "b" }));
    expect(flow.line).toBe("a:ACTIVE b:WAITING");
    expect(flow.do("approve", "b")).toBe("notYourTurn");
    expect(flow.do("approve", "a")).toBe("IN_PROGRESS");
    expect(flow.line).toBe("a:APPROVED b:ACTIVE");
    expect(flow.do("approve", "b")).toBe("COMPLETED");
    expect(flow.document.decidedBySlotId).toBe("b");
  });

  it("merges who stands twice in a row into the higher place, and never over another person (A, A, B, A)", () => {
    const [a1, a2, b, a3] = [{ id: "a1", principalId: "a" }, { id: "a2", principalId: "a" }, { id: "b" }, { id: "a3", principalId: "a" }];
    const flow = new Flow(lineOf(a1, a2, b, a3));
    expect(flow.line).toBe("a1:DUPLICATE a2:ACTIVE b:WAITING a3:WAITING");
    flow.do("approve", "a2", as("a"));
    flow.do("approve", "b");
    expect(flow.line).toBe("a1:DUPLICATE a2:APPROVED b:APPROVED a3:ACTIVE");
  });

  it("never merges an agreement with an approval", () => {
    const flow = new Flow(lineOf({ id: "a1", principalId: "a", role: "AGREE" }, { id: "a2", principalId: "a" }));
    expect(flow.line).toBe("a1:ACTIVE a2:WAITING");
  });

  it("passes the drafter before the end, and refuses her as the final approver unless the form allows it", () => {
    expect(new Flow(lineOf({ id: "d", principalId: "drafter", role: "REVIEW" }, { id: "b" })).line).toBe("d:DRAFTER b:ACTIVE");
    expect(new Flow(lineOf({ id: "d", principalId: "drafter" })).document.status).toBe("DRAFT");
    const alone = new Flow(lineOf({ id: "d", principalId: "drafter" }), { allowsSoleApproval: true });
    expect(alone.do("approve", "d", as("drafter"))).toBe("COMPLETED");
  });

  it("waits for all of a group, for any of it, or for a number", () => {
    const flowOf = (join: Join) => new Flow(lineOf({ join, branches: [[{ id: "a" }], [{ id: "b" }], [{ id: "c" }]] }, { id: "z" }));
    const every = flowOf("ALL");
    every.do("approve", "a");
    every.do("approve", "b");
    expect(every.line).toBe("a:APPROVED b:APPROVED c:ACTIVE z:WAITING");
    every.do("approve", "c");
    expect(every.slot("z").state).toBe("ACTIVE");
    const any = flowOf("ANY");
    any.do("approve", "b");
    expect(any.line).toBe("a:QUORUM b:APPROVED c:QUORUM z:ACTIVE");
    const two = flowOf(2);
    two.do("approve", "c");
    expect(two.slot("z").state).toBe("WAITING");
    two.do("approve", "a");
    expect(two.line).toBe("a:APPROVED b:QUORUM c:APPROVED z:ACTIVE");
  });

  it("does not let an absent drafter count as one of a group", () => {
    const group: Group = { join: "ANY", branches: [[{ id: "d", principalId: "drafter" }], [{ id: "b" }]] };
    expect(new Flow(lineOf(group, { id: "z" })).line).toBe("d:DRAFTER b:ACTIVE z:WAITING");
  });

  it("never waits for who only confirms, and lets her look after the end", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "c", role: "CONFIRM" }, { id: "b" }));
    flow.do("approve", "a");
    expect(flow.line).toBe("a:APPROVED c:ACTIVE b:ACTIVE");
    flow.do("approve", "b");
    expect(flow.slot("c").state).toBe("POST_PENDING");
    const later: Command = { type: "approveAfterwards", slotId: "c", seenHash: "hash", opinion: null, isDissenting: false };
    expect(flow.ask(later, as("c"))).toBe("COMPLETED");
    expect(flow.slot("c").state).toBe("POST_DONE");
  });

  it.each([
    ["nobody", lineOf(), "empty"],
    ["an end that only agrees", lineOf({ id: "a", role: "AGREE" }), "finalNotSingleApproval"],
    ["an end of two", lineOf(all("a", "b")), "finalNotSingleApproval"],
    ["one person twice in a group", lineOf(all("a", { id: "b", principalId: "a" }), { id: "z" }), "personTwiceInGroup"],
    ["an optional approval", lineOf({ id: "a", isMandatory: false }, { id: "z" }), "optionalRole"],
    ["three of two", lineOf({ ...all("a", "b"), join: 3 }, { id: "z" }), "joinImpossible"],
    ["an audit by the drafter", lineOf({ id: "a", role: "AUDIT", principalId: "drafter" }, { id: "z" }), "drafterAudits"],
    [
      "an agreement behind the decider",
      lineOf({ id: "a", isDecider: true }, { id: "b", role: "AGREE" }, { id: "z" }),
      "mandatoryBehindDecider",
    ],
    ["two slots of one name", lineOf({ id: "a" }, { id: "a", principalId: "z" }), "idTwice"],
    ["more than fifty", lineOf(...Array.from({ length: 51 }, (_none, at) => ({ id: `s${at}` }))), "tooLong"],
  ])("refuses %s", (_what, line, fault) => {
    const outcome = decide(draftOf("drafter", DEFAULT_POLICY, "hash"), { type: "submit", line }, as("drafter"), NOW);
    expect(outcome).toEqual({ refusal: { code: "lineInvalid", details: { fault } } });
  });
});
