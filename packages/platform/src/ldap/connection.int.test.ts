import { describe, expect, it } from "vitest";
import {
  bigGroupSize,
  dnOfPerson,
  groupDn,
  ldifEntry,
  organisationDn,
  peoplesPassword,
  unitDn,
} from "../../../../scripts/stack/directory-organisation.mjs";
import { limitedDn } from "../../../../scripts/stack/directory-slapd.mjs";
import { bindAs, type LdapConnection, type LdapEntry, type LdapSearch, type LdapSettings, openLdap } from "./connection";
import { dnKey, parentKey } from "./dn";
import type { LdapError } from "./ldap-error";
import { useDirectory } from "./testing/directory";

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: LdapError) => error.code,
  );

const using = async <Result>(settings: LdapSettings, work: (connection: LdapConnection) => Promise<Result>): Promise<Result> => {
  const connection = await openLdap(settings);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};

const readAll = (settings: LdapSettings, search: LdapSearch): Promise<LdapEntry[]> =>
  using(settings, async (connection) => {
    const found: LdapEntry[] = [];
    for await (const entries of connection.pages(search)) found.push(...entries);
    return found;
  });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const many = { base: unitDn("많은 사람"), filter: "(objectClass=person)", attributes: ["cn"] };

describe.each(["ad", "openldap"] as const)("a directory server (%s)", (kind) => {
  const directory = useDirectory(kind);
  const login = kind === "ad" ? "sAMAccountName" : "uid";
  const people = { base: organisationDn, filter: "(objectClass=person)", attributes: [login, "displayName", "manager", "mail"] };

  it("says what it is", async () => {
    const state = await using(directory().settings, (connection) => connection.state());
    expect(state).toMatchObject({ kind, namingContexts: expect.arrayContaining([expect.stringMatching(/^dc=corp,dc=test$/i)]) });
    expect(state.namingContexts[0]).toMatch(/^dc=corp,dc=test$/i);
    if (kind === "openldap") expect(state).toMatchObject({ host: null, invocationId: null, highestUsn: null });
    else
      expect(state).toMatchObject({
        host: "dc1.corp.test",
        invocationId: expect.stringMatching(UUID),
        highestUsn: expect.stringMatching(/^\d+$/),
      });
  });

  it("gives people with names that hold every special character, each below its unit and with its manager", async () => {
    const found = await readAll(directory().settings, people);
    expect(found).toHaveLength(21);
    const byKey = new Map(found.map((entry) => [dnKey(entry.dn), entry]));
    const units = await readAll(directory().settings, { base: organisationDn, filter: "(objectClass=organizationalUnit)", attributes: [] });
    const unitKeys = new Set(units.map(({ dn }) => dnKey(dn)));
    for (const entry of found) {
      expect(entry.guid).toMatch(UUID);
      expect(unitKeys).toContain(parentKey(entry.dn));
      const manager = entry.first("MANAGER");
      if (entry.first(login) !== "kim.daepyo") expect(byKey.has(dnKey(manager ?? ""))).toBe(true);
    }
    for (const id of ["hong.gildong", "oh.plus", "seo.hash", "shin.quote", "kwon.slash", "hwang.odd"]) {
      expect(byKey.get(dnKey(dnOfPerson(id)))?.first(login)).toBe(id);
    }
    const silent = found.find((entry) => entry.first(login) === "an.mail");
    expect([silent?.first("mail"), silent?.all("mail"), silent?.bytes("mail")]).toEqual([null, [], null]);
  });

  it("is searched for every name that it gave, and for an identifier byte by byte", async () => {
    const [hong] = await readAll(directory().settings, { ...people, base: dnOfPerson("hong.gildong"), scope: "base" });
    const bytes = hong?.bytes(kind === "ad" ? "objectGUID" : "entryUUID");
    const filter =
      kind === "ad" ? `(objectGUID=${bytes?.toString("hex").replace(/../g, "\\$&")})` : `(entryUUID=${bytes?.toString("utf8")})`;
    const found = await readAll(directory().settings, { ...people, filter });
    expect(found.map(({ guid }) => guid)).toEqual([hong?.guid]);
    const escaped = `(displayName=${Buffer.from("홍길동").toString("hex").replace(/../g, "\\$&")})`;
    expect((await readAll(directory().settings, { ...people, filter: escaped })).map(({ dn }) => dn)).toEqual([hong?.dn]);
  });

  it("is read page by page to the end", async () => {
    const sizes = await using(directory().settings, async (connection) => {
      const found: number[] = [];
      for await (const entries of connection.pages({ ...many, pageSize: 100 })) found.push(entries.length);
      return found;
    });
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bigGroupSize);
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.length).toBe(16);
  });

  it("gives all members of a big group, with the entry and on its own", async () => {
    const dn = groupDn("everybody");
    const [group] = await readAll(directory().settings, { base: dn, scope: "base", filter: "(objectClass=*)", attributes: ["member"] });
    expect(new Set(group?.all("member").map(dnKey)).size).toBe(bigGroupSize);
    const members = await using(directory().settings, (connection) => connection.allValues(dn, "member"));
    expect(new Set(members.map(dnKey)).size).toBe(bigGroupSize);
  });

  it("says that a base, a filter or a password is wrong, each in its own word", async () => {
    const { settings } = directory();
    expect(await codeOf(readAll(settings, { ...many, base: "OU=nowhere,DC=corp,DC=test" }))).toBe("baseUnknown");
    expect(await codeOf(readAll(settings, { ...many, base: "no name" }))).toBe("baseUnknown");
    expect(await codeOf(readAll(settings, { ...many, base: "DC=other,DC=test" }))).toBe("baseUnknown");
    expect(await codeOf(readAll(settings, { ...many, filter: "(&(cn=a)" }))).toBe("filterInvalid");
    expect(await codeOf(openLdap({ ...settings, password: "wrong" }))).toBe("badPassword");
    expect(await codeOf(openLdap({ ...settings, bindDn: "CN=nobody,DC=corp,DC=test" }))).toBe("badPassword");
    expect(await codeOf(openLdap({ ...settings, ca: null }))).toBe("tlsUntrusted");
  });

  it("is read after StartTLS, whose certificate is looked at as well", async () => {
    const settings = { ...directory().settings, url: directory().plainUrl, startTls: true };
    expect(await readAll(settings, people)).toHaveLength(21);
    expect(await codeOf(openLdap({ ...settings, ca: null }))).toBe("tlsUntrusted");
  });

  it("lets people in with their password alone", async () => {
    const { settings } = directory();
    const dn = dnOfPerson("hong.gildong");
    await bindAs(settings, dn, peoplesPassword);
    expect(await codeOf(bindAs(settings, dn, `${peoplesPassword}x`))).toBe("badPassword");
    expect(await codeOf(bindAs(settings, dn, ""))).toBe("badPassword");
    expect(await codeOf(bindAs(settings, "", peoplesPassword))).toBe("badPassword");
  });

  it("keeps the identifier of what is renamed and moved", async () => {
    const { settings, change } = directory();
    const dn = unitDn("본사/영업본부/국내영업팀");
    const self = { scope: "base" as const, filter: "(objectClass=*)", attributes: ["ou"] };
    const [before] = await readAll(settings, { ...self, base: dn });
    const newsuperior = unitDn("본사/경영지원본부");
    await change(ldifEntry(dn, { changetype: "modrdn", newrdn: "OU=국내1팀", deleteoldrdn: "1", newsuperior }));
    const moved = `OU=국내1팀,${newsuperior}`;
    const [after] = await readAll(settings, { ...self, base: moved });
    expect(after?.guid).toBe(before?.guid);
    expect(await readAll(settings, { ...people, base: moved })).toHaveLength(3);
  });

  it("is killed in the middle of a search: nobody takes that for its end", async () => {
    const connection = await openLdap(directory().settings);
    let seen = 0;
    const read = async () => {
      for await (const entries of connection.pages({ ...many, pageSize: 100 })) {
        seen += entries.length;
        if (seen === 300) await directory().halt();
      }
    };
    expect(["unavailable", "unreachable"]).toContain(await codeOf(read()));
    expect(seen).toBe(300);
    await connection.close();
    await directory().resume();
  });

  it("ends what was asked of it when the caller gives up, and when it goes away", async () => {
    const connection = await openLdap(directory().settings, AbortSignal.timeout(60_000));
    const giveUp = new AbortController();
    const other = await openLdap(directory().settings, giveUp.signal);
    giveUp.abort(new Error("no longer wanted"));
    await expect(other.state()).rejects.toThrow("no longer wanted");
    await other.close();
    await directory().halt();
    expect(["unavailable", "unreachable"]).toContain(await codeOf(connection.state()));
    expect(await codeOf(connection.state())).toBe("unavailable");
    expect(await codeOf(openLdap(directory().settings))).toBe("unreachable");
    await connection.close();
    await directory().resume();
    expect(await codeOf(openLdap(directory().settings).then((again) => again.close()))).toBe("none");
  });
});

describe("Active Directory", () => {
  const directory = useDirectory("ad");

  it("tells apart why somebody may not sign in", async () => {
    const codes = ["song.toesa", "ryu.manryo", "jeon.jamgim", "bae.saero"].map((id) =>
      codeOf(bindAs(directory().settings, dnOfPerson(id), peoplesPassword)),
    );
    expect(await Promise.all(codes)).toEqual(["accountDisabled", "accountExpired", "accountLocked", "mustChangePassword"]);
  });

  it("refuses passwords on a line that is not encrypted", async () => {
    const { settings, plainUrl } = directory();
    expect(await codeOf(openLdap({ ...settings, url: plainUrl }))).toBe("strongAuthRequired");
  });

  it("gives an attribute in ranges when it is asked to, which are read to their end", async () => {
    const search = { base: groupDn("everybody"), scope: "base" as const, filter: "(objectClass=*)", attributes: ["member;range=0-99"] };
    const [group] = await readAll(directory().settings, search);
    expect(new Set(group?.all("member").map(dnKey)).size).toBe(bigGroupSize);
  });

  it("keeps deleted entries, which only those see who ask for them", async () => {
    const { settings, change } = directory();
    const dn = dnOfPerson("hwang.odd");
    const [before] = await readAll(settings, { base: dn, scope: "base", filter: "(objectClass=*)", attributes: [] });
    await change(ldifEntry(dn, { changetype: "delete" }));
    const search = { base: "DC=corp,DC=test", filter: "(isDeleted=TRUE)", attributes: ["isDeleted"] };
    expect(await readAll(settings, search)).toEqual([]);
    const deleted = await readAll(settings, { ...search, showDeleted: true });
    expect(deleted.find(({ guid }) => guid === before?.guid)?.first("isDeleted")).toBe("TRUE");
  });
});

describe("OpenLDAP", () => {
  const directory = useDirectory("openldap");

  it("cuts a search at its limit, which is never taken for the end", async () => {
    const settings = { ...directory().settings, bindDn: limitedDn };
    const seen: number[] = [];
    const read = using(settings, async (connection) => {
      for await (const entries of connection.pages(many)) seen.push(entries.length);
    });
    expect(await codeOf(read)).toBe("incomplete");
    expect(seen.reduce((sum, size) => sum + size, 0)).toBeLessThan(bigGroupSize);
  });
});
