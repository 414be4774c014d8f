/** What somebody does in a line. Only CONFIRM never holds the others up. */
export const ROLES = ["REVIEW", "APPROVE", "AGREE", "COOPERATE", "CONFIRM", "AUDIT"] as const;
export type Role = (typeof ROLES)[number];

export const DECIDED = ["APPROVED", "AGREED", "DISSENTED", "CONFIRMED", "REJECTED"] as const;
export type Result = (typeof DECIDED)[number];
export type SlotState = "WAITING" | "ACTIVE" | "HELD" | Result | "SKIPPED" | "POST_PENDING" | "POST_DONE" | "CANCELED" | "REPLACED";

/**
 * Why a place of the line was passed without a decision: 전결, 중복, 기안자 본인, 공석, 부재 사유, 기한, and that enough others of its group
 * have decided.
 */
export type SkipReason = "ARBITRARY" | "DUPLICATE" | "DRAFTER" | "VACANT" | "ABSENT" | "LAPSED" | "QUORUM";

/** In which capacity somebody decided: as herself, 전결, 선결, 후결, 기한후결. Whether a deputy (대결) did stands beside it. */
export type Capacity = "OWN" | "ARBITRARY" | "ADVANCE" | "AFTERWARDS" | "LAPSED";

export type Decision = {
  readonly actorId: string;
  readonly capacity: Capacity;
  /** The actor stood in for the principal at this instant (대결). */
  readonly isDeputy: boolean;
  /** ISO, the server's clock. */
  readonly at: string;
  /** The content that the actor saw. */
  readonly seenHash: string;
  readonly opinion: string | null;
  readonly round: number;
};

/** One place of the line: a cell of the stamp table. */
export type Slot = {
  readonly id: string;
  readonly stage: number;
  readonly branch: number;
  readonly place: number;
  readonly role: Role;
  readonly principalId: string;
  /** An agreement that nobody has to wait for is optional; every other role is mandatory. */
  readonly isMandatory: boolean;
  /** Set by an administrator: it survives every change of the line. */
  readonly isFixed: boolean;
  /** The rule of authority lets this slot decide for all above it (planned 전결). */
  readonly isDecider: boolean;
  readonly state: SlotState;
  readonly skipReason: SkipReason | null;
  /** The decision that counts now; earlier rounds stand in the log. */
  readonly decision: Decision | null;
};

/** How many branches of a stage must have finished. */
export type Join = "ALL" | "ANY" | number;
export type Stage = { readonly join: Join };

/** What a form allows. */
export type Policy = {
  readonly agreementMayReject: boolean;
  readonly recall: "BEFORE_FIRST_ACTION" | "BEFORE_FINAL" | "NEVER";
  readonly allowsReturn: boolean;
  readonly allowsAdvance: boolean;
  readonly allowsBodyEdit: boolean;
  readonly approverChangesLine: boolean;
  /** The drafter may be the final approver (1인결재). */
  readonly allowsSoleApproval: boolean;
  readonly lapse: "REMIND" | "APPROVE";
};

export const DEFAULT_POLICY: Policy = {
  agreementMayReject: true,
  recall: "BEFORE_FIRST_ACTION",
  allowsReturn: true,
  allowsAdvance: false,
  allowsBodyEdit: false,
  approverChangesLine: false,
  allowsSoleApproval: false,
  lapse: "REMIND",
};

export const STATUSES = ["DRAFT", "IN_PROGRESS", "COMPLETED", "REJECTED", "RECALLED", "ABORTED", "VOIDED"] as const;
export type Status = (typeof STATUSES)[number];

/** A document as far as its flow goes: everything that `decide` looks at, and nothing else. */
export type Document = {
  readonly drafterId: string;
  readonly policy: Policy;
  readonly status: Status;
  readonly contentHash: string;
  readonly round: number;
  readonly lineVersion: number;
  readonly stages: readonly Stage[];
  /** In the order of the line; replaced ones stay where they were. */
  readonly slots: readonly Slot[];
  /** Whose decision completed the document. */
  readonly decidedBySlotId: string | null;
};

/** A document before it is submitted. */
export const draftOf = (drafterId: string, policy: Policy, contentHash: string): Document => ({
  drafterId,
  policy,
  contentHash,
  status: "DRAFT",
  round: 0,
  lineVersion: 0,
  stages: [],
  slots: [],
  decidedBySlotId: null,
});

const OPEN: ReadonlySet<SlotState> = new Set(["WAITING", "ACTIVE", "HELD"]);
const RESULTS: ReadonlySet<string> = new Set(DECIDED);

/** Nothing has become of it yet. */
export const isOpen = ({ state }: Slot): boolean => OPEN.has(state);
/** Somebody's turn. */
export const isTurn = ({ state }: Slot): boolean => state === "ACTIVE" || state === "HELD";
/** Somebody has decided. */
export const isDecided = ({ state }: Slot): boolean => RESULTS.has(state);
/** Somebody has done something here that others may rely on. */
export const isActed = (slot: Slot): boolean => isDecided(slot) || slot.state === "HELD" || slot.state === "POST_DONE";
export const isInForce = ({ state }: Slot): boolean => state !== "REPLACED";
/** Whether what stands behind it waits for it. */
export const isBlocking = ({ role }: Slot): boolean => role !== "CONFIRM";
/** Signs for the substance, and so may be passed by whoever decides for all (전결, 선결). */
export const isSigning = ({ role }: Slot): boolean => role === "APPROVE" || role === "REVIEW";

type Place = Pick<Slot, "stage" | "branch" | "place">;

/** The order of the line: by stage, branch and place. */
export const compareSlots = (a: Place, b: Place): number => a.stage - b.stage || a.branch - b.branch || a.place - b.place;

/** Whether `later` is reached only after `earlier`: in a later stage, or behind it in its own branch. */
export const isAfter = (later: Slot, earlier: Slot): boolean =>
  later.stage > earlier.stage || (later.stage === earlier.stage && later.branch === earlier.branch && later.place > earlier.place);

/** The slot whose approval is the last of the line. */
export const finalSlot = ({ slots }: Document): Slot | undefined =>
  slots
    .filter((slot) => isInForce(slot) && slot.role === "APPROVE")
    .toSorted(compareSlots)
    .at(-1);
