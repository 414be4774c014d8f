import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, isIdempotencyKey, isUuid, readBasic, readBearer, readCookie } from "./http";

describe("readCookie", () => {
  it.each([
    ["a=1; maru.session=abc; b=2", "abc"],
    ["maru.session=abc", "abc"],
    ["xmaru.session=no; maru.session=yes", "yes"],
    ["maru.sessions=no", null],
    ["maru.session", null],
    ["a=maru.session=no", null],
    ["maru.session=; a=1", ""],
    [";;; maru.session=x", "x"],
    ["", null],
    [undefined, null],
  ])("%s", (header, expected) => expect(readCookie(header, "maru.session")).toBe(expected));

  it("finds what was written, beside anything", () => {
    const part = fc.stringMatching(/^[a-z]{1,8}=[\w.-]{0,12}$/);
    fc.assert(
      fc.property(fc.array(part), fc.stringMatching(/^[\w.-]{1,40}$/), fc.array(part), (before, value, after) => {
        expect(readCookie([...before, `maru.session=${value}`, ...after].join("; "), "maru.session")).toBe(value);
      }),
    );
  });
});

describe("readBearer", () => {
  it.each([
    ["Bearer abc.def-_~+/==", "abc.def-_~+/=="],
    ["bearer abc", "abc"],
    ["Bearer a b", null],
    ["Bearer ", null],
    ["Basic abc", null],
    [`Bearer ${"x".repeat(5_000)}`, null],
    [undefined, null],
  ])("%s", (header, expected) => expect(readBearer(header)).toBe(expected));
});

describe("readBasic", () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  it.each([
    [basic("client:secret"), { id: "client", secret: "secret" }],
    [basic("client:a:b"), { id: "client", secret: "a:b" }],
    [basic("client%3A1:p%2B+q"), { id: "client:1", secret: "p+ q" }],
    [basic("client:"), null],
    [basic(":secret"), null],
    [basic("client"), null],
    [basic("client:%zz"), null],
    ["Basic ???", null],
    ["Bearer abc", null],
    [basic(`client:${"x".repeat(5_000)}`), null],
    [undefined, null],
  ])("%s", (header, expected) => expect(readBasic(header)).toEqual(expected));
});

describe("canonicalJson", () => {
  it("writes equal values alike, whatever the order of their keys", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "결재" }], a: undefined })).toBe('{"b":[1,{"c":"결재","d":null}]}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it("writes different values differently", () => {
    expect(new Set([{ a: 1 }, { a: "1" }, { a: null }, {}, [], [1], "1", 1, null].map(canonicalJson)).size).toBe(9);
  });
});

describe("well-formed", () => {
  it.each(["0190f5e5-1111-7000-8000-000000000000"])("%s is an id", (text) => expect(isUuid(text)).toBe(true));
  it.each(["", "0190f5e5-1111-7000-8000-00000000000", "0190f5e5-1111-7000-8000-000000000000\n", "x190f5e5-1111-7000-8000-000000000000"])(
    "%j is none",
    (text) => expect(isUuid(text)).toBe(false),
  );
  it.each([
    ["a", true],
    ["~!", true],
    ["x".repeat(200), true],
    ["x".repeat(201), false],
    ["", false],
    ["a b", false],
    ["키", false],
  ])("%s as a key: %s", (text, expected) => expect(isIdempotencyKey(text)).toBe(expected));
});
