import { describe, expect, it } from "vitest";
import { differences, fill, stepsOf, type Told } from "./walkthrough";

const PAGE = `
## Sign in

\`\`\`http
POST /api/v1/auth/login
x-a: b

{ "username": "hong" }
\`\`\`

\`\`\`json 401
{ "success": false }
\`\`\`
`;

describe("a walk-through", () => {
  it("is read step by step", () => {
    expect(stepsOf(PAGE)).toEqual([
      {
        title: "Sign in",
        method: "POST",
        path: "/api/v1/auth/login",
        headers: { "x-a": "b" },
        body: '{ "username": "hong" }',
        status: 401,
        answer: { success: false },
      },
    ]);
  });

  it("holds when the answer has what the page shows, and remembers what it names", () => {
    const told: Told = new Map();
    const shown = { data: { token: "{token}", items: [{ name: "b", id: "{second}" }], at: "…" } };
    const real = {
      data: {
        token: "t",
        items: [
          { name: "a", id: "1" },
          { name: "b", id: "2" },
        ],
        at: "now",
        more: 1,
      },
      meta: {},
    };
    expect(differences(shown, real, told)).toEqual([]);
    expect(fill("/x/{second}?t={token}&{unknown}", told)).toBe("/x/2?t=t&{unknown}");
  });

  it.each([
    [{ a: 1 }, { a: 2 }, "answer.a is 2, not 1"],
    [{ a: "…" }, { a: null }, "answer.a is no text"],
    [{ a: "{x}" }, {}, "answer.a is no text"],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, "answer.a has nothing like item 0"],
    [{ a: {} }, { a: null }, "answer.a is no object"],
    [{ a: [] }, { a: {} }, "answer.a is no list"],
  ])("fails when %j meets %j", (shown, real, fault) => {
    expect(differences(shown, real, new Map())).toEqual([fault]);
  });
});
