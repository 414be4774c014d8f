import { ITEM_ACTIONS, ITEM_STATUSES, ITEM_TARGETS, listItemsInput } from "@maru/api/sync/contract";
import { expect, test } from "vitest";
import { ACTIONS, EVERYTHING, hrefOfPlace, type ItemsPlace, listInput, readPlace, STATUSES, TARGETS } from "./items-place";

const RUN = "0190a000-0000-7000-8000-000000000001";

test("what one can choose from is what the server knows", () =>
  expect([TARGETS, ACTIONS, STATUSES]).toEqual([ITEM_TARGETS, ITEM_ACTIONS, ITEM_STATUSES]));

test.each<[ItemsPlace, string]>([
  [EVERYTHING, `/admin/sync/runs/${RUN}`],
  [{ query: "홍", target: "PERSON", action: "", status: "", isHeld: false }, `/admin/sync/runs/${RUN}?q=%ED%99%8D&target=PERSON`],
  [{ ...EVERYTHING, action: "UPDATE", status: "FAILED", isHeld: true }, `/admin/sync/runs/${RUN}?action=UPDATE&status=FAILED&held=1`],
])("a place and its address say the same: %o", (place, href) => {
  expect(hrefOfPlace(RUN, place)).toBe(href);
  expect(readPlace(Object.fromEntries(new URL(href, "http://maru").searchParams))).toEqual(place);
  expect(listItemsInput.safeParse(listInput(RUN, place)).error).toBeUndefined();
});

test("what nobody could have written on purpose is left out", () =>
  expect(readPlace({ q: ["a\0b", "c"], target: "CAT", action: "x", status: "", held: "yes" })).toEqual({ ...EVERYTHING, query: "ab" }));
