import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
beforeAll(async () => {
  door = await startTestDoor({ isCuttable: true });
});
afterAll(() => door.stop());

const timed = async (path: string, headers: Record<string, string>) => {
  const before = performance.now();
  const answer = await fetch(`${door.url}${path}`, { headers });
  return {
    status: answer.status,
    retryAfter: answer.headers.get("retry-after"),
    text: await answer.text(),
    ms: performance.now() - before,
  };
};

describe("without its database", () => {
  it("every door says so within 3 s and recovers by itself", async () => {
    const browser = await door.browser(door.actors.member);
    const bearer = await door.bearer(door.actors.member);
    const ask = () =>
      Promise.all([
        timed("/api/trpc/board.listBoards?input=%7B%7D", browser),
        timed("/api/v1/board/boards", bearer),
        timed("/api/v1/users/me", bearer),
        timed("/readyz", {}),
      ]);
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);

    await door.cable?.cut();
    // At once, while sessions are remembered; and later, when even they have to be looked up.
    for (const waitMs of [0, 4_500]) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const answers = await ask();
      for (const { status, retryAfter, text, ms } of answers) {
        expect([status, retryAfter]).toEqual([503, "1"]);
        expect(ms).toBeLessThan(3_000);
        expect(text).not.toMatch(/ECONN|127\.0\.0\.1|postgres|stack/i);
      }
      expect(answers[0]?.text).toContain("common.databaseDown");
      expect(answers[1]?.text).toContain("common.databaseDown");
    }
    expect((await timed("/livez", {})).status).toBe(200);

    await door.cable?.open();
    await expect.poll(async () => (await ask()).map(({ status }) => status), { timeout: 10_000 }).toEqual([200, 200, 200, 200]);
  });
});
