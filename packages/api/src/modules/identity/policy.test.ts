import { describe, expect, it } from "vitest";
import { type Administrator, can, RIGHT_OF_RIGHTS, type RoleChangeFacts, rules } from "./policy";

const administrator = (name: string): Administrator => ({ accountId: `account ${name}`, personId: name });
const [ann, bea, cleo] = [administrator("ann"), administrator("bea"), administrator("cleo")];
const change = (kind: "GRANT" | "TAKE", subject: string, requestedById: string): RoleChangeFacts => ({
  kind,
  accountId: `account ${subject}`,
  requestedById,
});

describe("handling a role", () => {
  const manager = new Set([RIGHT_OF_RIGHTS, "board.read"]);
  it.each([
    ["what she holds", manager, ["board.read"], true],
    ["nothing at all", manager, [], true],
    ["her own right of rights", manager, [RIGHT_OF_RIGHTS], true],
    ["more than she holds", manager, ["board.read", "board.moderate"], false],
    ["without the right of rights", new Set(["board.read"]), ["board.read"], false],
  ])("%s", (_name, held, wanted, expected) => expect(can.handle(held, wanted)).toBe(expected));

  it("never changes a built-in role", () => {
    expect(can.changeRole(manager, { isBuiltIn: true }, [])).toBe(false);
    expect(can.changeRole(manager, { isBuiltIn: false }, [])).toBe(true);
  });
});

describe("a protected role", () => {
  it("is one with the right of rights, everywhere", () => {
    expect(rules.isProtected(new Set([RIGHT_OF_RIGHTS]), null)).toBe(true);
    expect(rules.isProtected(new Set([RIGHT_OF_RIGHTS]), "sales")).toBe(false);
    expect(rules.isProtected(new Set(["board.moderate"]), null)).toBe(false);
  });

  it.each([
    ["another administrator agrees", change("GRANT", "dora", "ann"), "bea", true],
    ["nobody agrees with herself", change("GRANT", "dora", "ann"), "ann", false],
    ["who gets it does not agree to it", change("GRANT", "bea", "ann"), "bea", false],
    ["who loses it may", change("TAKE", "bea", "ann"), "bea", true],
    ["who asked to lose it may not alone", change("TAKE", "ann", "ann"), "ann", false],
    ["no administrator, no agreement", change("GRANT", "dora", "ann"), "dora", false],
  ])("%s", (_name, facts, personId, expected) => expect(can.approve(facts, personId, [ann, bea])).toBe(expected));

  it("is refused by any administrator, and taken back by who asked", () => {
    const facts = change("GRANT", "dora", "erin");
    expect(["ann", "bea", "erin", "dora"].map((person) => can.refuse(facts, person, [ann, bea]))).toEqual([true, true, true, false]);
  });

  it.each([
    ["the only administrator is alone", change("GRANT", "dora", "ann"), [ann], []],
    ["two are two", change("GRANT", "dora", "ann"), [ann, bea], [bea]],
    ["who gets it does not count", change("GRANT", "bea", "ann"), [ann, bea], []],
    ["of three, two can be asked", change("TAKE", "bea", "ann"), [ann, bea, cleo], [bea, cleo]],
    ["who is no administrator asks all of them", change("GRANT", "dora", "erin"), [ann, bea], [ann, bea]],
  ])("%s", (_name, facts, administrators, expected) => expect(rules.secondsFor(facts, administrators)).toEqual(expected));
});

describe("the last administrator", () => {
  it.each([
    ["is missed", [ann], "account ann", false],
    ["is none of two", [ann, bea], "account ann", true],
    ["is not somebody else", [ann], "account dora", true],
    ["is nobody where there is none", [], "account ann", false],
  ])("%s", (_name, administrators, lost, expected) => expect(rules.keepsAdministrator(administrators, lost)).toBe(expected));
});
