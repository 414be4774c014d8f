import { describe, expect, it } from "vitest";
import { parseMailAddress } from "./address";

describe("parseMailAddress", () => {
  it.each([
    ["hong@maru.example", "hong@maru.example"],
    ["  Hong.GilDong+test@Maru.Example ", "hong.gildong+test@maru.example"],
    ["hong＠maru．example", "hong@maru.example"],
    ["o'neil@sub.maru.co.kr", "o'neil@sub.maru.co.kr"],
  ])("%j is %s", (text, address) => expect(parseMailAddress(text)).toBe(address));

  it.each([
    "",
    "hong",
    "@maru.example",
    "hong@",
    "hong@localhost",
    "hong@maru..example",
    "hong@-maru.example",
    ".hong@maru.example",
    "hong@maru.example@evil.example",
    "hong@maru.example＠evil.example",
    "hong@maru.example\r\nBcc: all@maru.example",
    "hong@maru.example\n",
    "hong\0@maru.example",
    "hong@maru.example,kim@maru.example",
    "hong <hong@maru.example>",
    '"hong kim"@maru.example',
    "홍길동@maru.example",
    "hong@마루.example",
    "hong@[127.0.0.1]",
    "hong@127.0.0.1",
    `${"a".repeat(65)}@maru.example`,
    `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.example.com`,
  ])("%j is none", (text) => expect(parseMailAddress(text)).toBeNull());
});
