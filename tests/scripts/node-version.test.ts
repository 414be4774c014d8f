import { describe, expect, it } from "vitest";
import { nodeVersionProblem } from "../../scripts/stack/node-version.mjs";

describe("the Node.js version", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0", "100.0.0"])("%s is new enough", (version) => {
    expect(nodeVersionProblem(version)).toBeNull();
  });

  it.each(["20.18.9", "20.9.0", "18.20.4", "9.11.2"])("%s is too old, said in one sentence with what to do", (version) => {
    const problem = nodeVersionProblem(version);
    expect(problem).toContain(`Maru needs Node.js 20.19 or newer, and this is Node.js ${version}`);
    expect(problem).not.toContain("\n");
  });
});
