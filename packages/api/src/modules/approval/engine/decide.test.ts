import { describe, expect, it } from "vitest";
import type { Command } from "./command";
import { decide } from "./decide";
import { DEFAULT_POLICY, draftOf, type Policy } from "./document";
import { all, as, Flow, lineOf, NOW } from "./testing/flow";

describe("전결", () => {
  it("ends the flow where the rule of authority says so; the cells above stay empty", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "head", isDecider: true }, { id: "ceo" }));
    flow.do("approve", "a");
    expect(flow.do("approve", "head")).toBe("COMPLETED");
    expect(flow.slot("head").decision?.capacity).toBe("ARBITRARY");
    expect(flow.slot("ceo")).toMatchObject({ state: "SKIPPED", skipReason: "ARBITRARY", decision: null });
  });

  it("is refused to who has no authority, and while somebody must be heard", () => {
    const flow = new Flow(lineOf(all("a", { id: "g", role: "AGREE" }), { id: "z" }));
    expect(flow.do("decideArbitrarily", "a")).toBe("notAuthorised");
    expect(flow.do("decideArbitrarily", "a", as("a", { mayDecideAlone: true }))).toBe("mandatoryOpen");
    flow.do("approve", "g");
    expect(flow.do("decideArbitrarily", "a", as("a", { mayDecideAlone: true }))).toBe("COMPLETED");
    expect(flow.line).toBe("a:APPROVED g:AGREED z:ARBITRARY");
  });
});

describe("선결", () => {
  it("by the final approver completes the document, and who was passed signs afterwards and can't reject", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "b" }, { id: "z" }), { allowsAdvance: true });
    expect(flow.do("approveInAdvance", "z")).toBe("COMPLETED");
    expect(flow.line).toBe("a:POST_PENDING b:POST_PENDING z:APPROVED");
    expect(flow.do("reject", "a")).toBe("documentNotOpen");
    const later: Command = { type: "approveAfterwards", slotId: "a", seenHash: "hash", opinion: null, isDissenting: true };
    expect(flow.ask(later, as("a"))).toBe("opinionRequired");
    expect(flow.ask({ ...later, opinion: "다음에는 미리 알려 주세요" }, as("a"))).toBe("COMPLETED");
    expect(flow.slot("a").decision?.capacity).toBe("AFTERWARDS");
  });

  it("needs the form to allow it, whoever must be heard to be heard, and the principal herself", () => {
    const line = lineOf({ id: "g", role: "AGREE" }, { id: "z" });
    expect(new Flow(line).do("approveInAdvance", "z")).toBe("formForbids");
    const flow = new Flow(line, { allowsAdvance: true });
    expect(flow.do("approveInAdvance", "z", as("deputy", { standsInFor: new Set(["z"]) }))).toBe("notAuthorised");
    expect(flow.do("approveInAdvance", "z")).toBe("mandatoryOpen");
  });

  it("in the middle stands when its turn comes, and nothing is returned over it", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "b" }, { id: "z" }), { allowsAdvance: true });
    flow.do("approveInAdvance", "b");
    flow.do("approve", "a");
    expect(flow.line).toBe("a:APPROVED b:APPROVED z:ACTIVE");
    expect(flow.returnTo("z", "a")).toBe("advanceStandsBetween");
  });
});

describe("대결", () => {
  const deputy = as("deputy", { standsInFor: new Set(["a"]) });

  it("decides in the principal's place, once; the principal is told by whom", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }));
    expect(flow.do("approve", "a", deputy)).toBe("IN_PROGRESS");
    expect(flow.slot("a").decision).toMatchObject({ actorId: "deputy", isDeputy: true, capacity: "OWN" });
    expect(flow.do("approve", "a")).toBe("alreadyDecided");
    expect(flow.ask({ type: "undo", slotId: "a" }, deputy)).toBe("nothingToUndo");
  });

  it("is not for the drafter, nor for who stands in the group already", () => {
    const flow = new Flow(lineOf(all("a", "deputy"), { id: "z" }));
    expect(flow.do("approve", "a", deputy)).toBe("deputyDecidedAlready");
    expect(flow.do("approve", "a", as("drafter", { standsInFor: new Set(["a"]) }))).toBe("deputyIsDrafter");
    expect(flow.do("approve", "a", as("stranger"))).toBe("notYours");
  });
});

describe("반려와 회수", () => {
  it("ends the document with a reason, and cancels what is open", () => {
    const flow = new Flow(lineOf(all("a", "b"), { id: "z" }));
    expect(flow.ask({ type: "reject", slotId: "a", seenHash: "hash", opinion: " " }, as("a"))).toBe("opinionRequired");
    expect(flow.do("reject", "a")).toBe("REJECTED");
    expect(flow.line).toBe("a:REJECTED b:CANCELED z:CANCELED");
    expect(flow.do("approve", "b")).toBe("documentRejected");
  });

  it("is up to the form for an agreement, and not open to cooperation", () => {
    const line = lineOf(all({ id: "g", role: "AGREE" }, { id: "c", role: "COOPERATE" }), { id: "z" });
    const strict = new Flow(line, { agreementMayReject: false });
    expect(strict.do("reject", "g")).toBe("roleCantReject");
    expect(strict.do("reject", "c")).toBe("roleCantReject");
    expect(strict.do("dissent", "g")).toBe("IN_PROGRESS");
    expect(strict.line).toBe("g:DISSENTED c:ACTIVE z:WAITING");
    expect(new Flow(line).do("reject", "g")).toBe("REJECTED");
  });

  it("into a branch reopens that branch alone", () => {
    const branches = [[{ id: "a1" }, { id: "a2" }], [{ id: "b1" }]];
    const flow = new Flow(lineOf({ id: "x" }, { join: "ALL", branches }, { id: "y" }, { id: "z" }));
    for (const id of ["x", "a1", "a2", "b1", "y"]) flow.do("approve", id);
    expect(flow.returnTo("z", "a1")).toBe("IN_PROGRESS");
    expect(flow.line).toBe("x:APPROVED a1:ACTIVE a2:WAITING b1:APPROVED y:WAITING z:WAITING");
    expect(flow.document.round).toBe(2);
    expect(flow.returnTo("a1", "b1")).toBe("targetNotActed");
  });

  const states: readonly (readonly [string, (flow: Flow) => unknown])[] = [
    ["nothing has happened", () => undefined],
    ["one holds", (flow) => flow.do("hold", "a")],
    ["one has approved", (flow) => flow.do("approve", "a")],
    ["it is completed", (flow) => ["a", "z"].map((id) => flow.do("approve", id))],
    ["it is rejected", (flow) => flow.do("reject", "a")],
  ];
  const expected: Readonly<Record<Policy["recall"], readonly string[]>> = {
    BEFORE_FIRST_ACTION: ["RECALLED", "someoneActed", "someoneActed", "documentNotOpen", "documentRejected"],
    BEFORE_FINAL: ["RECALLED", "RECALLED", "RECALLED", "documentNotOpen", "documentRejected"],
    NEVER: ["formForbids", "formForbids", "formForbids", "documentNotOpen", "documentRejected"],
  };
  it.each(Object.entries(expected).flatMap(([recall, ends]) => states.map(([when, act], at) => [recall, when, act, ends[at]] as const)))(
    "recalls by %s when %s",
    (recall, _when, act, end) => {
      const flow = new Flow(lineOf({ id: "a" }, { id: "z" }), { recall: recall as Policy["recall"] });
      act(flow);
      expect(flow.ask({ type: "recall", reason: "수정할 것이 있어요" }, as("drafter"))).toBe(end);
      expect(flow.ask({ type: "recall", reason: "남의 문서" }, as("stranger"))).not.toBe("RECALLED");
    },
  );

  it("asks for a reason once somebody has acted", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }), { recall: "BEFORE_FINAL" });
    flow.do("approve", "a");
    expect(flow.ask({ type: "recall", reason: null }, as("drafter"))).toBe("opinionRequired");
  });
});

describe("결재취소", () => {
  it("takes one's own last decision back until somebody has acted on it", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "b" }, { id: "z" }));
    flow.do("approve", "a");
    expect(flow.ask({ type: "undo", slotId: "a" }, as("b"))).toBe("notYours");
    expect(flow.ask({ type: "undo", slotId: "a" }, as("a"))).toBe("IN_PROGRESS");
    expect(flow.line).toBe("a:ACTIVE b:WAITING z:WAITING");
    flow.do("approve", "a");
    flow.do("hold", "b");
    expect(flow.ask({ type: "undo", slotId: "a" }, as("a"))).toBe("nothingToUndo");
  });

  it("asks those again whom the decision had released", () => {
    const flow = new Flow(lineOf({ ...all("a", "b"), join: "ANY" }, { id: "z" }));
    flow.do("approve", "a");
    flow.ask({ type: "undo", slotId: "a" }, as("a"));
    expect(flow.line).toBe("a:ACTIVE b:ACTIVE z:WAITING");
  });
});

describe("결재취소 in a group", () => {
  it("sends whoever confirms behind a released place back to wait", () => {
    const branches = [[{ id: "a" }], [{ id: "b" }, { id: "c", role: "CONFIRM" as const }]];
    const flow = new Flow(lineOf({ join: "ANY", branches }, { id: "z" }));
    flow.do("approve", "a");
    expect(flow.line).toBe("a:APPROVED b:QUORUM c:ACTIVE z:ACTIVE");
    flow.ask({ type: "undo", slotId: "a" }, as("a"));
    expect(flow.line).toBe("a:ACTIVE b:ACTIVE c:WAITING z:WAITING");
  });
});

describe("changes on the way", () => {
  it("a decision counts for the content that was seen", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }), { allowsBodyEdit: true });
    const edit: Command = { type: "editBody", slotId: "a", seenHash: "hash", opinion: null, contentHash: "new", mustDecideAnew: false };
    expect(flow.ask(edit, as("a"))).toBe("IN_PROGRESS");
    expect(flow.ask({ type: "approve", slotId: "a", seenHash: "hash", opinion: null }, as("a"))).toBe("contentChanged");
    expect(flow.do("approve", "a")).toBe("IN_PROGRESS");
    const anew: Command = { type: "editBody", slotId: "z", seenHash: "new", opinion: null, contentHash: "newer", mustDecideAnew: true };
    expect(flow.ask(anew, as("z"))).toBe("IN_PROGRESS");
    expect(flow.line).toBe("a:ACTIVE z:WAITING");
  });

  it("the drafter changes the line until somebody has acted, and a fixed place stays", () => {
    const fixed = { id: "audit", role: "AUDIT" as const, isFixed: true };
    const flow = new Flow(lineOf({ id: "a" }, fixed, { id: "z" }));
    expect(flow.ask({ type: "changeLine", line: lineOf({ id: "b" }, { id: "z" }) }, as("drafter"))).toBe("lineLosesSlot");
    expect(flow.ask({ type: "changeLine", line: lineOf({ id: "b" }, fixed, { id: "z" }) }, as("drafter"))).toBe("IN_PROGRESS");
    expect(flow.line).toBe("b:ACTIVE audit:WAITING z:WAITING");
    flow.do("approve", "b");
    expect(flow.ask({ type: "changeLine", line: lineOf({ id: "b" }, fixed, { id: "z" }) }, as("drafter"))).toBe("someoneActed");
  });

  it("a name in the log means one slot: neither a replaced one nor another person takes it", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }));
    const admin = as("admin", { isApprovalAdministrator: true });
    flow.ask({ type: "reassign", slotId: "z", newSlotId: "z2", personId: "other", reason: "퇴사" }, admin);
    const refusal = (line: ReturnType<typeof lineOf>) => decide(flow.document, { type: "changeLine", line }, as("drafter"), NOW);
    const idTwice = (slotId: string) => ({ refusal: { code: "lineInvalid", details: { fault: "idTwice", slotId } } });
    expect(refusal(lineOf({ id: "a" }, { id: "z" }))).toEqual(idTwice("z"));
    expect(refusal(lineOf({ id: "a", principalId: "x" }, { id: "z2", principalId: "other" }))).toEqual(idTwice("a"));
    expect(refusal(lineOf({ id: "z2", principalId: "other" }))).toHaveProperty("events");
  });

  it("an approver changes what stands behind her where the form allows it", () => {
    const more = lineOf({ id: "a" }, { id: "new", role: "REVIEW" }, { id: "z" });
    expect(new Flow(lineOf({ id: "a" }, { id: "z" })).ask({ type: "changeLine", line: more }, as("a"))).toBe("formForbids");
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }), { approverChangesLine: true });
    expect(flow.ask({ type: "changeLine", line: more }, as("a"))).toBe("IN_PROGRESS");
    expect(flow.line).toBe("a:ACTIVE new:WAITING z:WAITING");
    flow.do("approve", "a");
    const without = lineOf({ id: "new", role: "REVIEW" }, { id: "z" });
    expect(flow.ask({ type: "changeLine", line: without }, as("new"))).toBe("lineLosesSlot");
  });

  it("an administrator gives an open place to somebody else, and the system to who follows", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }));
    const give = { type: "reassign", slotId: "a", newSlotId: "a2", personId: "other", reason: "퇴사" } as const;
    expect(flow.ask(give, as("other"))).toBe("notAuthorised");
    expect(flow.ask(give, as("admin", { isApprovalAdministrator: true }))).toBe("IN_PROGRESS");
    expect(flow.line).toBe("a:REPLACED a2:ACTIVE z:WAITING");
    expect(flow.do("approve", "a")).toBe("notYours");
    expect(flow.do("approve", "a2", as("other"))).toBe("IN_PROGRESS");
    const follow = { type: "succeed", slotId: "z", newSlotId: "z2", personId: null } as const;
    expect(flow.ask(follow, as("system", { isSystem: true }))).toBe("mandatoryOpen");
    expect(flow.ask({ ...follow, personId: "drafter" }, as("system", { isSystem: true }))).toBe("drafterCantDecide");
    expect(flow.ask({ ...follow, personId: "next" }, as("system", { isSystem: true }))).toBe("IN_PROGRESS");
    expect(flow.slot("z2")).toMatchObject({ state: "ACTIVE", principalId: "next" });
  });

  it("time passes whom nobody waits for, and reminds the others unless the form says more", () => {
    const line = lineOf({ id: "g", role: "AGREE", isMandatory: false }, { id: "a" }, { id: "z" });
    const system = as("system", { isSystem: true });
    const flow = new Flow(line);
    expect(flow.ask({ type: "lapse", slotId: "g" }, as("g"))).toBe("notAuthorised");
    flow.ask({ type: "lapse", slotId: "g" }, system);
    expect(flow.line).toBe("g:LAPSED a:ACTIVE z:WAITING");
    flow.ask({ type: "lapse", slotId: "a" }, system);
    expect(flow.slot("a").state).toBe("ACTIVE");
    const hasty = new Flow(lineOf({ id: "a" }, { id: "z" }), { lapse: "APPROVE" });
    hasty.ask({ type: "lapse", slotId: "a" }, system);
    expect(hasty.slot("a").decision?.capacity).toBe("LAPSED");
  });

  it("two administrators end it, and a completed document takes another one's effect away", () => {
    const flow = new Flow(lineOf({ id: "z" }));
    const admin = as("admin", { isApprovalAdministrator: true });
    expect(flow.ask({ type: "abort", secondAdministratorId: "admin", reason: "오류" }, admin)).toBe("sameAdministrator");
    expect(flow.ask({ type: "abort", secondAdministratorId: "other", reason: "오류" }, admin)).toBe("ABORTED");
    const done = new Flow(lineOf({ id: "z" }));
    done.do("approve", "z");
    expect(done.ask({ type: "void", byDocumentId: "later" }, as("z"))).toBe("notAuthorised");
    expect(done.ask({ type: "void", byDocumentId: "later" }, as("system", { isSystem: true }))).toBe("VOIDED");
  });

  it("asks somebody aside without moving anything", () => {
    const flow = new Flow(lineOf({ id: "a" }, { id: "z" }));
    const before = flow.document;
    expect(flow.ask({ type: "consult", slotId: "a", personIds: ["x"], question: "예산이 있나요?" }, as("a"))).toBe("IN_PROGRESS");
    expect(flow.document).toEqual(before);
    expect(flow.ask({ type: "consult", slotId: "a", personIds: [], question: "누구?" }, as("a"))).toBe("opinionRequired");
  });
});

it("says of a command that nobody knows that it is none", () => {
  const unknown = { type: "constructor" } as unknown as Command;
  expect(decide(draftOf("drafter", DEFAULT_POLICY, "hash"), unknown, as("drafter"), NOW)).toEqual({ refusal: { code: "commandUnknown" } });
});
