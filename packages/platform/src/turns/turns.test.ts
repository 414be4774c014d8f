import { describe, expect, it } from "vitest";
import { inTurns } from "./turns";

const busyFor = (ms: number): void => {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
};

describe("work in turns", () => {
  it("does everything in its order", async () => {
    const done: number[] = [];
    await inTurns([1, 2, 3], (one) => done.push(one));
    expect(done).toEqual([1, 2, 3]);
  });

  it("lets others have their turn before it is done", async () => {
    let others = 0;
    const timer = setInterval(() => {
      others += 1;
    }, 1);
    await inTurns(Array(20).keys(), () => busyFor(5));
    clearInterval(timer);
    expect(others).toBeGreaterThan(1);
  });

  it("ends at what fails", async () => {
    const failing = inTurns([1, 2], (one) => {
      if (one === 2) throw new Error("two");
    });
    await expect(failing).rejects.toThrow("two");
  });
});
