import { describe, expect, it } from "vitest";
import { createBucket } from "./limits";

describe("a bucket", () => {
  it("holds so many a second, for each key", () => {
    let now = 5_000;
    const take = createBucket(3, () => now);
    expect([take("a"), take("a", 2), take("a"), take("b", 3), take("b")]).toEqual([true, true, false, true, false]);
    now += 999;
    expect(take("a")).toBe(false);
    now += 1;
    expect(take("a")).toBe(true);
  });
});
