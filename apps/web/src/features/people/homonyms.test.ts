import { expect, it } from "vitest";
import { homonymsIn } from "./homonyms";

it.each([
  ["nobody", [], []],
  ["two of one name", ["a 김영희", "b 홍길동", "c 김영희"], ["김영희"]],
  ["one person twice", ["a 김영희", "a 김영희"], []],
])("finds the names that are shared among %s", (_who, people, expected) =>
  expect([...homonymsIn(people.map((text) => ({ id: text.slice(0, 1), name: text.slice(2) })))]).toEqual(expected),
);
