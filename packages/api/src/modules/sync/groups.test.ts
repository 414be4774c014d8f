import { describe, expect, it } from "vitest";
import { closeGroup } from "./groups";

const GROUPS: Readonly<Record<string, string[]>> = {
  admins: ["mid", "kim"],
  mid: ["inner", "lee", "kim"],
  inner: ["park"],
  one: ["two", "hong"],
  two: ["one", "oh"],
  empty: [],
};
const reads: string[] = [];
const members = async (key: string) => {
  reads.push(key);
  return GROUPS[key] ?? [];
};
const close = async (group: string) => [...(await closeGroup(group, (key) => key in GROUPS, members))].sort();

describe("a group", () => {
  it.each([
    ["inner", ["park"]],
    ["admins", ["kim", "lee", "park"]],
    ["one", ["hong", "oh"]],
    ["empty", []],
  ])("%s has %s", async (group, people) => expect(await close(group)).toEqual(people));

  it("is read once, even where two contain each other", async () => {
    reads.length = 0;
    await close("one");
    expect(reads).toEqual(["one", "two"]);
  });
});
