import type { Mac } from "@maru/platform/crypto/mac";

/** An entry as the chain seals it: every column, so that none can be changed unseen. */
export type Entry = {
  readonly id: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly details: unknown;
  readonly requestId: string | null;
};

/** What a seal says beside its code. It carries the code before it, so that each can be judged alone and a gap costs no more than the gap. */
export type SealHead = { readonly seq: number; readonly sealedAt: Date; readonly previous: string };

/** Where a chain begins: nothing was sealed before, or retention took it away. */
export type ChainStart = { readonly seq: number; readonly code: string };
export const CHAIN_START: ChainStart = { seq: 0, code: "0".repeat(64) };

/** One text for one value, in whatever order its keys came: a code over JSON needs that. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(",")}}`;
};

/** The code of an entry at its place in the chain. The number in front names this way of writing it down. */
export const codeOf = (mac: Mac, { seq, sealedAt, previous }: SealHead, entry: Entry): string =>
  mac(
    canonicalJson([
      1,
      seq,
      sealedAt.toISOString(),
      previous,
      entry.id,
      entry.at.toISOString(),
      entry.actorId,
      entry.action,
      entry.subjectType,
      entry.subjectId,
      entry.requestId,
      entry.details,
    ]),
  );

/** Whether any of the keys gives this code: the installation's secret may have changed since. */
export const isCodeOf = (macs: readonly Mac[], head: SealHead, entry: Entry, code: string): boolean =>
  macs.some((mac) => codeOf(mac, head, entry) === code);

/** Says that what stood up to here was taken away by retention. */
export const checkpointSignature = (mac: Mac, { seq, code }: ChainStart, createdAt: Date): string =>
  mac(canonicalJson(["checkpoint", seq, code, createdAt.toISOString()]));
