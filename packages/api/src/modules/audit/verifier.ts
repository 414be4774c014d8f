import type { Mac } from "@maru/platform/crypto/mac";
import type { Anchor } from "./anchors";
import { type ChainStart, type Entry, isCodeOf, type SealHead } from "./chain";
import type { Finding } from "./contract";

/** A seal with the entry that it names; null where there is none any more. */
export type SealedRow = SealHead & { readonly entryId: string; readonly code: string; readonly entry: Entry | null };
type WholeRow = SealedRow & { readonly entry: Entry };

/** The first of the findings are told in full, all are counted. */
export const MAX_FINDINGS = 100;
/** With fewer rows than these nobody can say whether all of them are wrong because the key is. */
const MIN_FOR_WRONG_KEY = 10;
/** How many rows in a row may have been put in or taken out with all numbers behind them changed, and still be told apart from another change. */
const MAX_SHIFT = 64;
/** How often that is looked for: a log that was rewritten from end to end must not take hours to be found so. */
const MAX_SEARCHES = 1_000;
/** An entry this much older than one sealed before it was not written when it says: no clock is so wrong, and no transaction so long. */
const BACKDATED_MS = 60 * 60 * 1000;

const isWhole = (row: SealedRow): row is WholeRow => row.entry !== null;

/** How one row could have become another's place: its content, its entry or its number was exchanged with that of `other`. */
const isSealOf = (macs: readonly Mac[], row: WholeRow, other: WholeRow): boolean =>
  isCodeOf(macs, row, { ...other.entry, id: row.entry.id }, row.code) ||
  isCodeOf(macs, row, other.entry, row.code) ||
  isCodeOf(macs, { ...row, seq: other.seq }, row.entry, row.code);

const areSwapped = (macs: readonly Mac[], row: WholeRow, other: WholeRow): boolean =>
  isSealOf(macs, row, other) && isSealOf(macs, other, row);

/** A row that was sealed with a number so far from the one that it carries: perhaps everything behind it was. */
type Renumbering = { readonly row: WholeRow; readonly distance: number };

/** Judges a chain row by row, in the order of the numbers; keeps no more than what it has found. */
export class Verifier {
  readonly #macs: readonly Mac[];
  readonly #start: ChainStart;
  readonly #anchors: readonly Anchor[];
  readonly #codesBySeq: Map<number, readonly string[]>;
  readonly #findings: Finding[] = [];
  /** Rows that are not what was sealed at their place, until it is known why. */
  #suspects: WholeRow[] = [];
  #suspectCount = 0;
  #findingCount = 0;
  #checked = 0;
  #nextSeq: number;
  #lastCode: string;
  /** Whether the row before was found whole: only then a link that does not fit is news. */
  #isLastGood = true;
  /** What a present number lacks to be the number that was sealed: not 0 only where somebody has renumbered. */
  #shift = 0;
  #renumbering: Renumbering | null = null;
  #searchesLeft = MAX_SEARCHES;
  #latestAt = 0;
  #goodAnchor: ChainStart;
  #hasCut = false;

  constructor(options: { readonly macs: readonly Mac[]; readonly start: ChainStart; readonly anchors: readonly Anchor[] }) {
    this.#macs = options.macs;
    this.#start = options.start;
    this.#anchors = options.anchors.filter(({ seq }) => seq >= options.start.seq);
    this.#codesBySeq = new Map();
    for (const { seq, code } of this.#anchors) this.#codesBySeq.set(seq, [...(this.#codesBySeq.get(seq) ?? []), code]);
    this.#nextSeq = options.start.seq + 1;
    this.#lastCode = options.start.code;
    this.#goodAnchor = options.start;
    this.#compareAnchors(options.start);
  }

  take(row: SealedRow): void {
    const { seq } = row;
    if (seq > this.#nextSeq) {
      this.#find("deleted", this.#nextSeq, seq - 1);
      this.#isLastGood = false;
    }
    this.#checked += 1;
    this.#nextSeq = seq + 1;
    if (isWhole(row)) this.#judge(row);
    else {
      this.#find("deleted", seq, null, row.entryId);
      this.#isLastGood = false;
    }
    this.#lastCode = row.code;
    this.#compareAnchors({ seq: seq + this.#shift, code: row.code });
  }

  /** Beside the rows: what was found where there is no seal. */
  addFinding(kind: Finding["kind"], entryId: string | null, seq: number | null = null): void {
    this.#find(kind, seq, null, entryId);
  }

  end(): { readonly checked: number; readonly lastSeq: number; readonly findingCount: number; readonly findings: readonly Finding[] } {
    this.#explainSuspects();
    const beyond = this.#anchors.filter(({ seq }) => seq >= this.#nextSeq + this.#shift).at(-1);
    if (beyond && !this.#hasCut) this.#find("cut", this.#nextSeq, beyond.seq);
    this.#findings.sort((left, right) => (left.seq ?? Number.MAX_SAFE_INTEGER) - (right.seq ?? Number.MAX_SAFE_INTEGER));
    return {
      checked: this.#checked,
      lastSeq: this.#nextSeq - 1,
      findingCount: this.#findingCount,
      findings: this.#findings,
    };
  }

  #find(kind: Finding["kind"], seq: number | null, toSeq: number | null = null, entryId: string | null = null): void {
    this.#findingCount += 1;
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push({ kind, seq, toSeq: toSeq === seq ? null : toSeq, entryId });
  }

  #isSealedAs(row: WholeRow, shift: number): boolean {
    return isCodeOf(this.#macs, { ...row, seq: row.seq + shift }, row.entry, row.code);
  }

  #judge(row: WholeRow): void {
    const isLinked = row.previous === this.#lastCode;
    if (this.#isSealedAs(row, this.#shift)) this.#renumbering = null;
    else if (this.#renumbering && this.#isSealedAs(row, this.#shift + this.#renumbering.distance)) this.#follow(this.#renumbering);
    else {
      if (!isLinked) this.#renumbering = this.#findRenumbering(row);
      this.#suspectCount += 1;
      if (this.#suspects.length < MAX_FINDINGS) this.#suspects.push(row);
      this.#isLastGood = false;
      return;
    }
    // Each is whole, yet they do not follow each other: what stood between them was sealed away and put back.
    if (!isLinked && this.#isLastGood) this.#find("altered", row.seq, null, row.entryId);
    this.#isLastGood = true;
    this.#watchTime(row);
  }

  /** Whether a row carries another number than it was sealed with. The next one must agree: two neighbours may just have been exchanged. */
  #findRenumbering(row: WholeRow): Renumbering | null {
    this.#searchesLeft -= 1;
    for (let apart = 1; apart <= MAX_SHIFT && this.#searchesLeft >= 0; apart += 1) {
      for (const distance of [-apart, apart]) if (this.#isSealedAs(row, this.#shift + distance)) return { row, distance };
    }
    return null;
  }

  /** Everything from that row on was renumbered: what made room for it was put in, or the room that it closed was made by taking out. */
  #follow({ row, distance }: Renumbering): void {
    const inserted = this.#suspects.filter(({ seq }) => seq < row.seq && seq >= row.seq + distance);
    if (distance > 0) this.#find("deleted", row.seq + this.#shift, row.seq + this.#shift + distance - 1);
    for (const { seq, entryId } of inserted) this.#find("inserted", seq, null, entryId);
    const rest = this.#suspects.filter((suspect) => suspect.seq !== row.seq && !inserted.includes(suspect));
    this.#suspectCount -= this.#suspects.length - rest.length;
    this.#suspects = rest;
    this.#shift += distance;
    this.#renumbering = null;
  }

  #watchTime({ seq, entryId, entry, sealedAt }: WholeRow): void {
    if (entry.at.getTime() < this.#latestAt - BACKDATED_MS) this.#find("backdated", seq, null, entryId);
    // A clock that ran ahead must not make everything after it look old: nothing was written after it was sealed.
    this.#latestAt = Math.max(this.#latestAt, Math.min(entry.at.getTime(), sealedAt.getTime()));
  }

  #compareAnchors(place: ChainStart): void {
    for (const code of this.#codesBySeq.get(place.seq) ?? []) {
      if (code === place.code) this.#goodAnchor = place;
      else if (!this.#hasCut && this.#isLastGood) {
        this.#hasCut = true;
        this.#find("cut", Math.min(this.#goodAnchor.seq + 1, place.seq), place.seq);
      }
    }
  }

  #explainSuspects(): void {
    if (this.#checked >= MIN_FOR_WRONG_KEY && this.#suspectCount === this.#checked) {
      this.#find("key", this.#start.seq + 1, this.#nextSeq - 1);
      return;
    }
    this.#findSwapped();
    const last = this.#renumbering;
    if (last && this.#suspects.some(({ seq }) => seq === last.row.seq)) this.#follow(last);
    for (const { seq, entryId } of this.#suspects) this.#find("altered", seq, null, entryId);
    // Those beyond the first are counted, not kept.
    this.#findingCount += this.#suspectCount - this.#suspects.length;
  }

  #findSwapped(): void {
    for (const row of [...this.#suspects]) {
      const other = this.#suspects.find((candidate) => candidate.seq > row.seq && areSwapped(this.#macs, row, candidate));
      if (!other || !this.#suspects.includes(row)) continue;
      this.#find("swapped", row.seq, other.seq, row.entryId);
      this.#suspects = this.#suspects.filter((suspect) => suspect !== row && suspect !== other);
      this.#suspectCount -= 2;
    }
  }
}
