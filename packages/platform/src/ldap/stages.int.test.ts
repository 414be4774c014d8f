import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { dnOfPerson, organisationDn, peoplesPassword } from "../../../../scripts/stack/directory-organisation.mjs";
import { makeCertificates } from "../../../../scripts/stack/directory-place.mjs";
import type { LdapSettings } from "./connection";
import { type StageReport, type TestSearch, testConnection } from "./stages";
import { useDirectory } from "./testing/directory";
import { type HostileOptions, startHostileLdap } from "./testing/hostile-server";

const collect = async (settings: LdapSettings, search: TestSearch): Promise<StageReport[]> => {
  const reports: StageReport[] = [];
  for await (const report of testConnection(settings, search)) reports.push(report);
  return reports;
};

/** How far it went, in one line: every stage that was not skipped, with the code of the one that failed. */
const courseOf = (reports: readonly StageReport[]): string =>
  reports
    .filter(({ state }) => state !== "skipped")
    .map(({ stage, code }) => (code === null ? stage : `${stage}: ${code}`))
    .join(", ");

const factsOf = (reports: readonly StageReport[], stage: string) => reports.find((report) => report.stage === stage)?.facts;

describe.each(["ad", "openldap"] as const)("testing the connection to a directory server (%s)", (kind) => {
  const directory = useDirectory(kind);
  const people: TestSearch = { base: organisationDn, filter: "(objectClass=person)" };
  const test = (change: Partial<LdapSettings> = {}, search: Partial<TestSearch> = {}) =>
    collect({ ...directory().settings, ...change }, { ...people, ...search });

  it("shows at each stage what was seen there", async () => {
    const reports = await test();
    expect(reports.map(({ stage }) => stage)).toEqual(["name", "tcp", "tls", "startTls", "bind", "server", "base", "filter"]);
    expect(courseOf(reports)).toBe("name, tcp, tls, bind, server, base, filter");
    expect(factsOf(reports, "name")).toMatchObject({ addresses: [directory().address] });
    expect(factsOf(reports, "tls")).toMatchObject({
      subject: directory().address,
      issuer: "Maru test authority",
      names: expect.arrayContaining(["DNS:localhost"]),
      protocol: "TLSv1.3",
      validTo: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(factsOf(reports, "server")).toMatchObject({ kind });
    expect(factsOf(reports, "base")).toMatchObject({
      dn: expect.stringMatching(/^ou=본사/i),
      objectClasses: expect.arrayContaining(["organizationalUnit"]),
    });
    expect(factsOf(reports, "filter")).toMatchObject({ count: 21, samples: { length: 5 } });
  });

  it("goes on after StartTLS, whose certificate it shows too", async () => {
    const reports = await test({ url: directory().plainUrl, startTls: true });
    expect(courseOf(reports)).toBe("name, tcp, startTls, bind, server, base, filter");
    expect(factsOf(reports, "startTls")).toMatchObject({ issuer: "Maru test authority" });
  });

  it("shows the certificate that it doesn't trust, and says no password to its server", async () => {
    const reports = await test({ ca: null });
    expect(courseOf(reports)).toBe("name, tcp, tls: tlsUntrusted");
    expect(factsOf(reports, "tls")).toMatchObject({ issuer: "Maru test authority", problem: expect.any(String) });
    expect(courseOf(await test({ url: directory().plainUrl, startTls: true, ca: null }))).toBe("name, tcp, startTls: tlsUntrusted");
  });

  it("tells a wrong password, base and filter apart", async () => {
    expect(courseOf(await test({ password: "wrong" }))).toBe("name, tcp, tls, bind: badPassword");
    expect(courseOf(await test({}, { base: "OU=nowhere,DC=corp,DC=test" }))).toBe("name, tcp, tls, bind, server, base: baseUnknown");
    expect(courseOf(await test({}, { base: " " }))).toBe("name, tcp, tls, bind, server, base: baseUnknown");
    expect(courseOf(await test({}, { filter: "(&(objectClass=person)" }))).toBe(
      "name, tcp, tls, bind, server, base, filter: filterInvalid",
    );
    const nobody = await test({}, { filter: "(cn=nobody)" });
    expect(courseOf(nobody)).toBe("name, tcp, tls, bind, server, base, filter");
    expect(factsOf(nobody, "filter")).toEqual({ count: 0, samples: [] });
  });
});

describe("testing the connection to Active Directory", () => {
  const directory = useDirectory("ad");

  it.each([
    ["song.toesa", "accountDisabled"],
    ["ryu.manryo", "accountExpired"],
    ["jeon.jamgim", "accountLocked"],
    ["bae.saero", "mustChangePassword"],
  ])("says of the account %s: %s", async (id, code) => {
    const settings = { ...directory().settings, bindDn: dnOfPerson(id), password: peoplesPassword };
    expect(courseOf(await collect(settings, { base: organisationDn, filter: "(cn=*)" }))).toBe(`name, tcp, tls, bind: ${code}`);
  });

  it("says that it wants an encrypted line", async () => {
    const settings = { ...directory().settings, url: directory().plainUrl };
    expect(courseOf(await collect(settings, { base: organisationDn, filter: "(cn=*)" }))).toBe("name, tcp, bind: strongAuthRequired");
  });
});

describe("testing the connection to a server that", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

  let certificates: Record<"own" | "expired" | "other", { key: string; cert: string; ca: string }>;
  beforeAll(async () => {
    const make = async (options: Parameters<typeof makeCertificates>[1]) => {
      const folder = mkdtempSync(join(tmpdir(), "maru-ldap-"));
      const { ca, keyFile, certFile } = await makeCertificates(folder, options);
      const made = { ca, key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
      rmSync(folder, { recursive: true });
      return made;
    };
    certificates = {
      own: await make({ address: "127.0.0.1" }),
      expired: await make({ address: "127.0.0.1", isExpired: true }),
      other: await make({ address: "127.9.9.9" }),
    };
  });

  const test = async (options: HostileOptions, change: Partial<LdapSettings> = {}) => {
    const server = await startHostileLdap(options);
    closing.push(server.close);
    const settings = { url: server.url, startTls: false, ca: null, bindDn: "cn=sync", password: "secret", timeoutMs: 400, ...change };
    return { server, reports: await collect(settings, { base: "dc=corp", filter: "(cn=*)" }) };
  };

  it.each([
    ["expired", "tlsExpired"],
    ["other", "tlsWrongName"],
  ] as const)("has a certificate that is wrong (%s): %s", async (which, code) => {
    const { key, cert, ca } = certificates[which];
    const { reports, server } = await test({ tls: { key, cert } }, { ca });
    expect(courseOf(reports)).toBe(`name, tcp, tls: ${code}`);
    const after = await test({ tls: { key, cert, isStartTls: true } }, { ca, startTls: true });
    expect(courseOf(after.reports)).toBe(`name, tcp, startTls: ${code}`);
    expect(server.log.concat(after.server.log)).toEqual(["startTls"]);
  });

  it("has no StartTLS", async () => {
    const { reports, server } = await test({}, { startTls: true });
    expect(courseOf(reports)).toBe("name, tcp, startTls: startTlsRefused");
    expect(server.log).toEqual(["startTls"]);
  });

  it("is not there, or has no name", async () => {
    const { server } = await test({});
    await Promise.all(closing.splice(0).map((close) => close()));
    const settings = { url: server.url, startTls: false, ca: null, bindDn: "cn=sync", password: "secret", timeoutMs: 400 };
    const search = { base: "dc=corp", filter: "(cn=*)" };
    expect(courseOf(await collect(settings, search))).toBe("name, tcp: unreachable");
    expect(courseOf(await collect({ ...settings, url: "ldap://no-such-host.invalid" }, search))).toBe("name: nameUnknown");
    expect(courseOf(await collect({ ...settings, url: "no url" }, search))).toBe("name: nameUnknown");
  });

  it("falls silent, stops or gives up while it counts", async () => {
    const onSearch = (code: number | null): HostileOptions => ({
      onSearch: ({ base, scope }, answer) => {
        if (base === "" || scope === 0) answer.entry(base, { objectClass: ["top"] });
        if (base === "" || scope === 0) answer.done({ cookie: "" });
        else if (code !== null) answer.done({ code });
      },
    });
    const course = async (code: number | null) =>
      courseOf((await test(onSearch(code))).reports)
        .split(", ")
        .at(-1);
    expect(await course(null)).toBe("filter: timedOut");
    expect(await course(4)).toBe("filter: incomplete");
    expect(await course(51)).toBe("filter: busy");
    expect(await course(52)).toBe("filter: unavailable");
  });

  it("is left in the middle when the caller gives up", async () => {
    const server = await startHostileLdap();
    closing.push(server.close);
    const settings = { url: server.url, startTls: false, ca: null, bindDn: "cn=sync", password: "secret", timeoutMs: 400 };
    const giveUp = new AbortController();
    const reports = testConnection(settings, { base: "dc=corp", filter: "(cn=*)" }, giveUp.signal);
    await reports.next();
    giveUp.abort(new Error("no longer wanted"));
    await expect(reports.next()).rejects.toThrow("no longer wanted");
    expect(server.log).toEqual([]);
  });
});
