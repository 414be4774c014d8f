import type { StreamItem } from "@maru/api/notification/contract";
import { describe, expect, it } from "vitest";
import { sampleNotification } from "../testing/sample-notification";
import { applyStreamItem, type InboxState } from "./inbox-state";

const came = (seq: number, unseen: number): StreamItem => ({ type: "notification", notification: sampleNotification(seq), unseen });

/** What a tab shows of a run of items. */
const shown = (items: readonly StreamItem[], from: InboxState = { lastSeq: 0, unseen: 0 }) =>
  items.reduce<{ state: InboxState; seqs: number[] }>(
    ({ state, seqs }, item) => {
      const change = applyStreamItem(state, item);
      return { state: change.state, seqs: change.fresh ? [...seqs, change.fresh.seq] : seqs };
    },
    { state: from, seqs: [] },
  );

describe("applyStreamItem", () => {
  it("shows each notification once, however often the stream tells it", () => {
    const { state, seqs } = shown([came(1, 1), came(2, 2), came(1, 2), came(2, 2), came(3, 3)]);
    expect(seqs).toEqual([1, 2, 3]);
    expect(state).toEqual({ lastSeq: 3, unseen: 3 });
  });

  it("does not show what the page has been drawn with", () =>
    expect(shown([came(4, 1), came(5, 1)], { lastSeq: 5, unseen: 1 }).seqs).toEqual([]));

  it("takes the badge of another tab, and never goes back to an older number", () => {
    expect(shown([came(7, 1), { type: "inbox", unseen: 0, lastSeq: 6 }]).state).toEqual({ lastSeq: 7, unseen: 0 });
    expect(shown([{ type: "inbox", unseen: 2, lastSeq: 9 }, came(9, 2)]).seqs).toEqual([]);
  });
});
