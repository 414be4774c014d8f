import asn1 from "asn1";
import fc from "fast-check";
import { EqualityFilter, FilterParser, MessageParser } from "ldapts";
import { describe, expect, it } from "vitest";
import { escapeFilterValue, guidFilter, messageReader, parseFilter } from "./grammar";
import type { LdapError } from "./ldap-error";
import { answerTo } from "./testing/hostile-server";

const codeOf = (text: string): string => {
  try {
    parseFilter(text);
    return "none";
  } catch (error) {
    return (error as LdapError).code;
  }
};

/** What goes over the wire: how filters are compared. */
const bytesOf = (filter: { write(writer: InstanceType<typeof asn1.BerWriter>): void }): string => {
  const writer = new asn1.BerWriter();
  filter.write(writer);
  return writer.buffer.toString("hex");
};

describe("filters", () => {
  it.each([
    "(objectClass=user)",
    "(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))",
    "(|(cn=홍*)(cn=*길*동*)(mail=*))",
    "(&(uSNChanged>=12345)(whenCreated<=20260101000000.0Z)(cn~=hong))",
    "(cn:dn:2.5.13.2:=hong)",
  ])("%s says what the library's reader makes of it", (text) => {
    expect(bytesOf(parseFilter(text))).toBe(bytesOf(FilterParser.parseString(text)));
  });

  it.each([
    "(&(objectClass=user)",
    "(objectClass=user))",
    "objectClass=user",
    "(cn=a)(cn=b)",
    "(cn=a(b)",
    "(cn=\\4)",
    "(cn=\\zz)",
    "(&)",
    "(!(cn=a)(cn=b))",
    "(=a)",
    "(cn)",
    "",
    "()",
    "(cn=a*\\ff)",
  ])("%s is refused", (text) => {
    expect(codeOf(text)).toBe("filterInvalid");
  });

  it("has an end to its length and depth", () => {
    expect(codeOf(`${"(!".repeat(40)}(cn=a)${")".repeat(40)}`)).toBe("filterInvalid");
    expect(codeOf(`(cn=${"a".repeat(9_000)})`)).toBe("filterInvalid");
  });

  it("takes spaces and line ends between its parts", () => {
    expect(bytesOf(parseFilter(" ( & (cn=a)\n  (cn=b) ) "))).toBe(bytesOf(parseFilter("(&(cn=a)(cn=b))")));
  });

  it("compares bytes as bytes, where the library's reader makes text of them", () => {
    const guid = Buffer.from("f0e1d2c3b4a5968778695a4b3c2d1e0f", "hex");
    const text = `(objectGUID=${guid.toString("hex").replace(/../g, "\\$&")})`;
    expect(bytesOf(parseFilter(text))).toBe(bytesOf(new EqualityFilter({ attribute: "objectGUID", value: guid })));
    expect(bytesOf(parseFilter("(cn=\\ed\\99\\8d)"))).toBe(bytesOf(parseFilter("(cn=홍)")));
  });

  it("holds whatever somebody typed as a value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const filter = parseFilter(`(cn=${escapeFilterValue(value)})`) as EqualityFilter;
        expect(filter).toBeInstanceOf(EqualityFilter);
        expect(filter.value.toString()).toBe(Buffer.from(value).toString());
      }),
    );
  });

  it("finds an objectGUID by its bytes, in the order in which a domain controller keeps them", () => {
    const filter = parseFilter(guidFilter("00112233-4455-6677-8899-aabbccddeeff")) as EqualityFilter;
    expect([filter.attribute, filter.value.toString("hex")]).toEqual(["objectGUID", "33221100554477668899aabbccddeeff"]);
  });

  it("never fails in another way, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."()&|!=*\\:<>~a0 ") }), (text) => {
        expect(["none", "filterInvalid"]).toContain(codeOf(text));
      }),
    );
  });
});

describe("messages", () => {
  const written: Buffer[] = [];
  const answer = answerTo(3, { write: (bytes) => written.push(bytes), destroy: () => undefined });
  answer.entry("CN=홍길동,DC=corp", { cn: ["홍길동"], member: ["CN=a", "CN=b"], jpegPhoto: [Buffer.alloc(300, 7)], none: [] });
  answer.reference("ldap://other.test/DC=corp");
  answer.done({ cookie: "more", message: "fine" });
  const all = Buffer.concat(written);

  it("are whole however the network cut them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
        const { take, isEmpty } = messageReader();
        const found: Buffer[] = [];
        for (let at = 0, turn = 0; at < all.length; turn += 1) {
          const size = sizes[turn % sizes.length] as number;
          found.push(...(take(all.subarray(at, at + size)) ?? []));
          at += size;
        }
        expect(found).toEqual(written);
        expect(isEmpty()).toBe(true);
      }),
    );
  });

  it("are let through only where the library can read them, whatever byte is wrong", () => {
    const mutation = fc.tuple(fc.nat(all.length - 1), fc.integer({ min: 0, max: 255 }));
    let passed = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 5 }), (mutations) => {
        const bytes = Buffer.from(all);
        for (const [at, value] of mutations) bytes[at] = value;
        const parser = new MessageParser();
        parser.on("error", () => undefined);
        const messages = messageReader().take(bytes) ?? [];
        // Without the check in front of it, this never comes back.
        for (const message of messages) parser.read(message, new Map());
        passed += messages.length;
      }),
      { numRuns: 5_000 },
    );
    expect(passed).toBeGreaterThan(1_000);
  });

  it.each(["HTTP/1.1 400", "0\x80", "0\x85\x01\x01\x01\x01\x01", "0\x84\xff\xff\xff\xff", "0\x00", "0\x03\x02\x01\x03"])(
    "%j is none",
    (text) => {
      expect(messageReader().take(Buffer.from(text, "latin1"))).toBeNull();
    },
  );
});
