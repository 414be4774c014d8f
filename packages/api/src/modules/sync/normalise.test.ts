import type { LdapEntry } from "@maru/platform/ldap/connection";
import { describe, expect, it } from "vitest";
import { sourceMapping } from "./contract";
import { hashOfPerson, normalise, ofFileTime, ofGeneralizedTime } from "./normalise";

const entryOf = (dn: string, attributes: Record<string, string | string[]>, guid: string | null = "guid"): LdapEntry => {
  const values = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
  const all = (name: string) => values.get(name.toLowerCase()) ?? [];
  return { dn, guid, all, first: (name) => all(name)[0] ?? null, bytes: () => null };
};
const mapping = sourceMapping.parse({
  attributes: { username: "sAMAccountName", name: "displayName", email: "mail", department: "department", manager: "manager" },
  departmentsFrom: "ATTRIBUTE",
});
const departmentOf = (_dn: string, attribute: string | null) => attribute && `attr:${attribute}`;
const read = (attributes: Record<string, string | string[]>, dn = "CN=Kim\\, A,OU=Dev,DC=maru") =>
  normalise(entryOf(dn, attributes), mapping, departmentOf);

describe("an entry", () => {
  it("is what the mapping says, tidied, and nothing else", () => {
    const attributes = {
      sAMAccountName: "  Hong.GD ",
      displayName: "홍길동".normalize("NFD"),
      mail: "Hong@Maru.Example",
      department: "개발  1팀",
      manager: "cn=Lee\\2C B,ou=Dev,dc=maru",
      mobile: "010",
    };
    expect(read(attributes)).toEqual({
      externalId: "guid",
      dn: expect.stringContaining("ou=dev"),
      fields: { username: "hong.gd", name: "홍길동", email: "hong@maru.example", department: "attr:개발 1팀" },
      managerDn: read({}, "CN=LEE\\, B,OU=dev,DC=maru")?.dn,
      isDisabled: false,
      expiresAt: null,
    });
  });

  it("without an id of its own is nobody, and what is absent is null", () => {
    expect(normalise(entryOf("cn=a", {}, null), mapping, departmentOf)).toBeNull();
    expect(read({ displayName: "  " })?.fields).toEqual({ username: null, name: null, email: null, department: null });
  });

  it("loses what can't be stored, and what nobody could have meant", () => {
    expect(read({ displayName: "홍\u0000길\ud800동\n" })?.fields.name).toBe("홍 길 동");
    expect(read({ displayName: "가".repeat(5_000) })?.fields.name).toHaveLength(300);
  });

  it.each([
    ["512", false],
    ["514", true],
    ["66050", true],
    ["66048", false],
    ["", false],
  ])("with userAccountControl %s is disabled: %s", (userAccountControl, expected) =>
    expect(read({ userAccountControl })?.isDisabled).toBe(expected),
  );

  it("has another hash when something of it changes, and the same one when only its place in the tree does", () => {
    const base = { sAMAccountName: "a", displayName: "A" };
    const hash = (...given: Parameters<typeof read>) => hashOfPerson(read(...given) as NonNullable<ReturnType<typeof read>>);
    expect(hash(base, "CN=A,OU=Other,DC=maru")).toBe(hash(base));
    const changes: Record<string, string>[] = [
      { displayName: "B" },
      { manager: "cn=x" },
      { userAccountControl: "2" },
      { accountExpires: "133444736000000000" },
    ];
    for (const change of changes) expect(hash({ ...base, ...change })).not.toBe(hash(base));
    // An empty field and one that is not mapped are two things.
    const unmapped = normalise(
      entryOf("cn=a", base),
      sourceMapping.parse({ attributes: { ...mapping.attributes, email: null } }),
      departmentOf,
    );
    expect(unmapped && hashOfPerson(unmapped)).not.toBe(hash(base));
  });
});

describe("times", () => {
  it.each([
    ["0", null],
    ["9223372036854775807", null],
    [null, null],
    ["soon", null],
    ["133444736000000000", "2023-11-14T22:13:20.000Z"],
    ["116444736000000000", "1970-01-01T00:00:00.000Z"],
  ])("of Windows: %s", (text, expected) => expect(ofFileTime(text)).toBe(expected));

  it.each([
    ["20261121093000Z", "2026-11-21T09:30:00.000Z"],
    ["20261121093000.0Z", "2026-11-21T09:30:00.000Z"],
    ["20261121183000+0900", "2026-11-21T09:30:00.000Z"],
    ["2026112109Z", "2026-11-21T09:00:00.000Z"],
    ["20261321093000Z", null],
    ["yesterday", null],
    [null, null],
  ])("of LDAP: %s", (text, expected) => expect(ofGeneralizedTime(text)).toBe(expected));
});
