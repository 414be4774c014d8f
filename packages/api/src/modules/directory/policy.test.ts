import { describe, expect, it } from "vitest";
import { can, turnsFrom } from "./policy";

describe("what may be changed of a person", () => {
  it.each([
    ["by herself", true, false, ["name", "nameEn", "phone", "mobile", "photo"]],
    ["by an administrator", false, true, ["name", "nameEn", "phone", "mobile", "photo", "email"]],
    ["by a colleague", false, false, []],
  ])("%s", (_who, isOwn, isAdministrator, fields) => expect(can.changeFields(isOwn, isAdministrator)).toEqual(fields));
});

describe("who says when somebody is away", () => {
  const nobody = { isOwn: false, isAssistant: false, isScript: false, looksAfterAbsences: false };
  it.each([
    ["a colleague", {}, false],
    ["the person", { isOwn: true }, true],
    ["her assistant", { isAssistant: true }, true],
    ["who looks after absences", { looksAfterAbsences: true }, true],
    ["a script of hers", { isOwn: true, isScript: true }, false],
    ["a script of her assistant", { isAssistant: true, isScript: true }, false],
    ["a script that was given that right", { isScript: true, looksAfterAbsences: true }, true],
  ])("%s", (_who, asker, expected) => expect(can.enterAbsence({ ...nobody, ...asker })).toBe(expected));
});

describe("which turns there are", () => {
  it.each([
    ["ACTIVE", ["LEAVE", "RESIGNATION"]],
    ["ON_LEAVE", ["RETURN", "RESIGNATION"]],
    ["RESIGNED", ["RETURN"]],
    ["SCHEDULED_FOR_DELETION", []],
  ] as const)("for somebody who is %s", (state, turns) => expect(turnsFrom(state)).toEqual(turns));
});

describe("who writes a mail address", () => {
  it.each([
    ["of somebody new, whoever takes her in", ["directory.manage"], false, true],
    ["of somebody known, nobody who could only become her by it", ["directory.manage"], true, false],
    ["of somebody known, whoever may give rights anyway", ["directory.manage", "identity.manage-roles"], true, true],
  ])("%s", (_who, held, isKnown, may) => expect(can.changeMail(new Set(held), isKnown)).toBe(may));
});
