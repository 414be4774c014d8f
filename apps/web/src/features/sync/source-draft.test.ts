import { PERSON_FIELDS, type SourceView, saveSourceInput, sourceMapping } from "@maru/api/sync/contract";
import { describe, expect, test } from "vitest";
import {
  ATTRIBUTE_NAMES,
  draftOf,
  isChanged,
  mustTypePassword,
  newDraft,
  problemsOf,
  type SourceDraft,
  saveInput,
  testInput,
  withKind,
  withSecurity,
} from "./source-draft";

const typed = (change: Partial<SourceDraft> = {}): SourceDraft => ({
  ...newDraft("AD"),
  ...{ name: "본사", host: "dc1.example", bindDn: "CN=sync,DC=example", password: "secret", baseDn: "DC=example" },
  ...change,
});

const savedOf = (draft: SourceDraft): SourceView => {
  const { password: _, ...saved } = saveInput(draft, null);
  return {
    ...saved,
    ...{ id: "0190a000-0000-7000-8000-000000000001", hasPassword: true, version: 3, linkedPeople: 0, needsPreview: true },
    ...{ nextDeltaAt: null, nextFullAt: null, updatedAt: "2026-11-21T00:00:00.000Z", mapping: sourceMapping.parse(saved.mapping) },
  };
};

describe("a draft", () => {
  test("names what the server can map, the manager and the photo, which is off until somebody asks for it", () => {
    expect([...ATTRIBUTE_NAMES]).toEqual([...PERSON_FIELDS, "manager", "photo"]);
    for (const kind of ["AD", "OPENLDAP"] as const) expect(newDraft(kind).attributes.photo).toBe("");
    const { mapping } = saveInput(typed({ attributes: { ...newDraft().attributes, photo: " thumbnailPhoto " } }), null);
    expect(mapping.attributes).toMatchObject({ photo: "thumbnailPhoto" });
  });

  test.each([
    ["LDAPS", "dc1.example", "636", "ldaps://dc1.example:636", false],
    ["STARTTLS", "10.0.0.5", "389", "ldap://10.0.0.5:389", true],
    ["NONE", "127.0.0.1", "1389", "ldap://127.0.0.1:1389", false],
  ] as const)("of %s at %s is saved as an address", (security, host, port, url, startTls) => {
    const input = saveInput(typed({ security, host, port }), null);
    expect(input).toMatchObject({ url, startTls, fullAtMinute: 120 });
    expect(saveSourceInput.safeParse(input).error).toBeUndefined();
  });

  test("comes back as it was typed, without the password", () => {
    const draft = typed({ ca: "PEM", fullAt: "23:05", deltaMinutes: null, security: "STARTTLS", port: "389" });
    expect(draftOf(savedOf(draft))).toEqual({ ...draft, password: "" });
    expect(isChanged(draftOf(savedOf(draft)), { ...draft, password: "" })).toBe(false);
    expect(saveInput({ ...draft, fullAt: "" }, null).fullAtMinute).toBeNull();
  });

  test("takes the usual values of another kind, and keeps what somebody chose", () => {
    const draft = withKind({ ...newDraft("AD"), attributes: { ...newDraft("AD").attributes, email: "proxyAddresses" } }, "OPENLDAP");
    expect(draft.filter).toBe("(objectClass=inetOrgPerson)");
    expect(draft.attributes).toMatchObject({ username: "uid", email: "proxyAddresses" });
    expect(withKind({ ...newDraft(), filter: "(uid=*)" }, "OPENLDAP").filter).toBe("(uid=*)");
    expect(withSecurity(newDraft(), "STARTTLS").port).toBe("389");
    expect(withSecurity({ ...newDraft(), port: "3269" }, "STARTTLS").port).toBe("3269");
  });
});

describe("the password", () => {
  const saved = savedOf(typed());
  const draft = draftOf(saved);

  test("is not asked for and not sent where the line is the same", () => {
    expect(mustTypePassword({ ...draft, name: "다른 이름", filter: "(a=b)" }, saved)).toBe(false);
    expect(testInput(draft, saved)).not.toHaveProperty("password");
  });

  test.each([
    [{ host: "dc2.example" }],
    [{ port: "3269" }],
    [{ security: "STARTTLS" }],
    [{ ca: "PEM" }],
    [{ bindDn: "CN=other" }],
  ] as const)("is asked for again with %o", (change) => {
    const next = { ...draft, ...change };
    expect(mustTypePassword(next, saved)).toBe(true);
    expect(problemsOf(next, saved).password).toBe("passwordAgain");
    expect(problemsOf({ ...next, password: "new" }, saved).password).toBeUndefined();
  });
});

describe("what keeps a draft from being saved", () => {
  test("is everything that is missing", () =>
    expect(problemsOf(newDraft(), null)).toEqual({
      ...{ name: "needed", host: "needed", bindDn: "needed", baseDn: "needed", password: "needed" },
    }));

  test("is nothing where all is there", () => expect(problemsOf(typed(), null)).toEqual({}));

  test.each([
    [{ host: "ldaps://dc1" }, "host", "notAHost"],
    [{ host: "dc1 dc2" }, "host", "notAHost"],
    [{ port: "0" }, "port", "notAPort"],
    [{ port: "70000" }, "port", "notAPort"],
    [{ attributes: { ...newDraft().attributes, email: "m ail" } }, "attributes.email", "notAnAttribute"],
    [{ attributes: { ...newDraft().attributes, username: "" } }, "attributes.username", "usernameNeeded"],
    [{ groups: [{ key: "a", dn: "CN=a", roleId: null }] }, "a", "needed"],
    [{ units: [{ key: "b", dn: " ", departmentId: null }] }, "b", "needed"],
  ] as const)("is %o", (change, field, problem) => expect(problemsOf(typed(change), null)).toEqual({ [field]: problem }));
});
