import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dnKey, isWithin, keyAbove, parentKey, parseDn } from "./dn";

const values = (text: string) => parseDn(text)?.map((level) => level.map(({ value }) => value));

describe("names of the directory", () => {
  it.each([
    ["CN=홍길동,OU=개발팀,DC=corp", [["홍길동"], ["개발팀"], ["corp"]]],
    ["CN=홍\\, 길동,DC=corp", [["홍, 길동"], ["corp"]]],
    ["CN=\\ED\\99\\8D\\2C 길동,DC=corp", [["홍, 길동"], ["corp"]]],
    ["CN=하나\\+둘,DC=corp", [["하나+둘"], ["corp"]]],
    ["CN=홍길동+UID=hong,DC=corp", [["홍길동", "hong"], ["corp"]]],
    ["CN=\\#해시,DC=corp", [["#해시"], ["corp"]]],
    ['CN="홍, 길동" , DC=corp', [["홍, 길동"], ["corp"]]],
    ['CN=신\\"따옴\\"표,DC=corp', [['신"따옴"표'], ["corp"]]],
    ["CN=권\\\\역슬,DC=corp", [["권\\역슬"], ["corp"]]],
    ["CN= 앞뒤 \\ ,DC=corp", [["앞뒤  "], ["corp"]]],
    ["CN=#0403414243,DC=corp", [["ABC"], ["corp"]]],
    ["CN=a=b,DC=corp", [["a=b"], ["corp"]]],
    ["CN=,DC=corp", [[""], ["corp"]]],
    ["2.5.4.3=x", [["x"]]],
    ["", []],
  ])("%s", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each(["홍길동", "CN=x,", "CN=x,,DC=corp", "=x", "CN=x\\", 'CN="x', 'CN="x"y,DC=corp', "C N=x"])("%s is none", (text) => {
    expect(parseDn(text)).toBeNull();
  });

  it("has one key for every spelling", () => {
    const spellings = [
      "cn=홍\\2c 길동,dc=CORP",
      'CN="홍, 길동", DC=corp',
      "CN=홍\\, 길동,DC=Corp",
      "CN=홍\\,  길동,DC=corp",
      "CN=홍\\, 길동,DC=corp".normalize("NFD"),
    ];
    expect(new Set(spellings.map(dnKey)).size).toBe(1);
    expect(dnKey("CN=a+UID=b,DC=c")).toBe(dnKey("uid=B+cn=A,dc=C"));
  });

  it("has the same key for a plain name as for one that must be read character by character", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."aB1 -=.길동가"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(plain, plain, (name, unit) => {
        const escaped = [...Buffer.from(name.trim())].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
        expect(dnKey(`CN=${name},oid.2.5.4.11 = ${unit}`)).toBe(dnKey(`cn=${escaped},OID.2.5.4.11=${unit}`));
      }),
    );
    expect(dnKey("CN=x,,DC=Corp")).toBe("cn=x,,dc=corp");
  });

  it("has another key for another name", () => {
    expect(dnKey("CN=a\\,DC=b,DC=c")).not.toBe(dnKey("CN=a,DC=b,DC=c"));
    expect(dnKey("CN=a\\+UID=b")).not.toBe(dnKey("CN=a+UID=b"));
  });

  it("knows what stands above and within", () => {
    expect(parentKey("CN=홍\\, 길동,OU=개발팀,DC=corp")).toBe(dnKey("ou=개발팀,dc=corp"));
    expect(parentKey("DC=corp")).toBeNull();
    expect(keyAbove(dnKey("CN=홍\\, 길동,OU=개발팀,DC=corp"))).toBe(dnKey("ou=개발팀,dc=corp"));
    expect(keyAbove("dc=corp")).toBeNull();
    expect(isWithin("CN=x,OU=a,DC=corp", "ou=A,dc=corp")).toBe(true);
    expect(isWithin("OU=a,DC=corp", "ou=A,dc=corp")).toBe(true);
    expect(isWithin("OU=ba,DC=corp", "OU=a,DC=corp")).toBe(false);
    expect(isWithin("CN=x\\,OU=a,DC=corp", "OU=a,DC=corp")).toBe(false);
  });

  it("reads any value that was escaped, and never fails", () => {
    const escaped = (value: string) => [...Buffer.from(value)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(values(`CN=${escaped(value)},DC=corp`)?.[0]?.[0]).toBe(Buffer.from(value).toString());
        dnKey(value);
      }),
    );
  });
});
