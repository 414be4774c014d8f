import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeCertificates } from "../../../../scripts/stack/directory-place.mjs";
import { bindAs, type LdapEntry, type LdapSettings, openLdap } from "./connection";
import { LDAP_ERROR_CODES, type LdapError } from "./ldap-error";
import {
  answerTo,
  type HostileAnswer,
  type HostileOptions,
  type HostileSearch,
  ldapResult,
  startHostileLdap,
} from "./testing/hostile-server";

type Server = Awaited<ReturnType<typeof startHostileLdap>>;

const servers: Server[] = [];
const start = async (options?: HostileOptions): Promise<Server> => {
  const server = await startHostileLdap(options);
  servers.push(server);
  return server;
};
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const settingsOf = ({ url }: { url: string }): LdapSettings => ({
  url,
  startTls: false,
  ca: null,
  bindDn: "cn=sync,dc=corp,dc=test",
  password: "secret",
  timeoutMs: 400,
});

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: LdapError) => error.code,
  );

const search = { base: "dc=corp,dc=test", filter: "(objectClass=*)", attributes: ["cn"] };

/** Reads everything, and gives what came before it ended, well or not. */
const read = async (
  server: Server,
  attributes: readonly string[] = ["cn"],
): Promise<{ seen: string[]; code: string; entries: LdapEntry[] }> => {
  const connection = await openLdap(settingsOf(server));
  const entries: LdapEntry[] = [];
  const readPages = async () => {
    for await (const page of connection.pages({ ...search, attributes })) entries.push(...page);
  };
  const code = await codeOf(readPages());
  await connection.close();
  return { seen: entries.map(({ dn }) => dn), code, entries };
};

/** A server whose pages are scripted: the first is asked for without a cookie, the others with that of their number. */
const paged = (pages: readonly ((answer: HostileAnswer) => void)[]) => ({
  onSearch: ({ cookie }: HostileSearch, answer: HostileAnswer) => pages[Number(cookie === "" ? 0 : cookie)]?.(answer),
});
const entries = (answer: HostileAnswer, ...names: string[]) => {
  for (const name of names) answer.entry(`cn=${name},dc=corp,dc=test`, { cn: [name] });
};

describe("reading from a server that", () => {
  it("sends an empty page with a cookie: it is no end", async () => {
    const server = await start(
      paged([
        (answer) => {
          entries(answer, "a");
          answer.done({ cookie: "1" });
        },
        (answer) => answer.done({ cookie: "2" }),
        (answer) => answer.done({ cookie: "3" }),
        (answer) => {
          entries(answer, "b");
          answer.done({ cookie: "" });
        },
      ]),
    );
    expect(await read(server)).toMatchObject({ seen: ["cn=a,dc=corp,dc=test", "cn=b,dc=corp,dc=test"], code: "none" });
  });

  it("begins with an empty page", async () => {
    const server = await start(
      paged([
        (answer) => answer.done({ cookie: "1" }),
        (answer) => {
          entries(answer, "a");
          answer.done({ cookie: "" });
        },
      ]),
    );
    expect(await read(server)).toMatchObject({ seen: ["cn=a,dc=corp,dc=test"], code: "none" });
  });

  it("knows no pages and gives everything", async () => {
    const server = await start(
      paged([
        (answer) => {
          entries(answer, "a", "b");
          answer.done();
        },
      ]),
    );
    expect(await read(server)).toMatchObject({ seen: ["cn=a,dc=corp,dc=test", "cn=b,dc=corp,dc=test"], code: "none" });
  });

  const firstPage = (answer: HostileAnswer) => {
    entries(answer, "a");
    answer.done({ cookie: "1" });
  };

  it.each([
    ["forgets its pages on the way", "incomplete", (answer: HostileAnswer) => answer.done()],
    ["reaches its size limit on a late page", "incomplete", (answer: HostileAnswer) => answer.done({ code: 4, cookie: "" })],
    ["reaches its time limit", "incomplete", (answer: HostileAnswer) => answer.done({ code: 3 })],
    ["reaches an administrator's limit", "incomplete", (answer: HostileAnswer) => answer.done({ code: 11 })],
    ["is busy", "busy", (answer: HostileAnswer) => answer.done({ code: 51 })],
    ["is about to stop", "unavailable", (answer: HostileAnswer) => answer.done({ code: 52 })],
    ["fails in its own way", "protocol", (answer: HostileAnswer) => answer.done({ code: 80, message: "internal" })],
    ["sends its caller elsewhere", "baseUnknown", (answer: HostileAnswer) => answer.done({ code: 10 })],
    ["drops the connection", "unavailable", (answer: HostileAnswer) => answer.drop()],
    ["falls silent", "timedOut", () => undefined],
    ["speaks no LDAP any more", "protocol", (answer: HostileAnswer) => answer.raw(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"))],
  ])("%s: that is %s, and never the end", async (_, code, second) => {
    const server = await start(paged([firstPage, second]));
    expect(await read(server)).toMatchObject({ seen: ["cn=a,dc=corp,dc=test"], code });
  });

  it("drops the connection in the middle of a page: no silent second connection goes on", async () => {
    const server = await start(
      paged([
        (answer) => {
          entries(answer, "a", "b");
          answer.drop();
        },
      ]),
    );
    const connection = await openLdap(settingsOf(server));
    const readPages = async () => {
      for await (const page of connection.pages(search)) expect(page).toEqual([]);
    };
    expect(await codeOf(readPages())).toBe("unavailable");
    expect(await codeOf(readPages())).toBe("unavailable");
    await connection.close();
    expect(server.log).toEqual(["bind cn=sync,dc=corp,dc=test", "search dc=corp,dc=test"]);
  });

  it("names other servers: nobody goes there", async () => {
    const other = await start();
    const server = await start(
      paged([
        (answer) => {
          entries(answer, "a");
          answer.reference(`${other.url}/dc=child,dc=corp,dc=test`);
          answer.done({ cookie: "" });
        },
      ]),
    );
    expect(await read(server)).toMatchObject({ seen: ["cn=a,dc=corp,dc=test"], code: "none" });
    expect(other.log).toEqual([]);
  });

  const ranged =
    (limit: number, total: number) =>
    ({ base, attributes }: HostileSearch, answer: HostileAnswer) => {
      const from = Number(/range=(\d+)-/.exec(attributes[0] ?? "")?.[1] ?? 0);
      const to = Math.min(from + limit, total);
      const values = Array.from({ length: to - from }, (_, index) => `cn=${from + index}`);
      const name = total <= limit ? "member" : `member;range=${from}-${to === total ? "*" : to - 1}`;
      answer.entry(base, { member: [], [name]: values });
      answer.done({ cookie: "" });
    };

  it.each([0, 1, 1_500, 1_501, 4_600])("gives %i members in ranges of 1,500", async (total) => {
    const server = await start({ onSearch: ranged(1_500, total) });
    const { entries: found, code } = await read(server, ["member"]);
    expect(code).toBe("none");
    expect(found[0]?.all("member")).toEqual(Array.from({ length: total }, (_, index) => `cn=${index}`));
    const connection = await openLdap(settingsOf(server));
    expect(await connection.allValues("cn=group", "member")).toHaveLength(total);
    await connection.close();
  });

  it.each([
    ["ends in the middle of the ranges", (answer: HostileAnswer) => answer.entry("cn=group", {})],
    ["answers with another range", (answer: HostileAnswer) => answer.entry("cn=group", { "member;range=5-*": ["cn=5"] })],
    ["gives ranges without end", (answer: HostileAnswer) => answer.entry("cn=group", { "member;range=2-1": [] })],
  ])("%s: the members are not known", async (_, rest) => {
    const server = await start({
      onSearch: ({ attributes }, answer) => {
        if (attributes[0]?.includes("range=2")) rest(answer);
        else answer.entry("cn=group", { "member;range=0-1": ["cn=0", "cn=1"] });
        answer.done({ cookie: "" });
      },
    });
    expect(await read(server, ["member"])).toMatchObject({ seen: [], code: "incomplete" });
  });
});

describe("reading from a server that says anything at all", () => {
  it("ends in words of ours, and never takes the process with it", async () => {
    const written: Buffer[] = [];
    const script = answerTo(3, { write: (part) => written.push(part), destroy: () => undefined });
    entries(script, "a", "b");
    script.done({ cookie: "" });
    const good = Buffer.concat(written);
    let bytes = good;
    const server = await start({ onSearch: (_, answer) => answer.raw(bytes) });
    const codes = new Set<string>();
    const mutation = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        bytes = Buffer.from(good);
        for (const [at, value] of mutations) bytes[at] = value;
        const connection = await openLdap({ ...settingsOf(server), timeoutMs: 40 });
        const readPages = async () => {
          for await (const page of connection.pages(search)) expect(page.length).toBeLessThan(3);
        };
        codes.add(await codeOf(readPages()));
        await connection.close();
      }),
      { numRuns: 150 },
    );
    expect([...codes].filter((code) => code !== "none" && !(LDAP_ERROR_CODES as readonly string[]).includes(code))).toEqual([]);
    expect([...codes]).toContain("protocol");
  });
});

describe("signing in at a server that", () => {
  it.each([
    [49, "525", "badPassword"],
    [49, "52e", "badPassword"],
    [49, "530", "accountDisabled"],
    [49, "531", "accountDisabled"],
    [49, "532", "passwordExpired"],
    [49, "533", "accountDisabled"],
    [49, "701", "accountExpired"],
    [49, "773", "mustChangePassword"],
    [49, "775", "accountLocked"],
    [49, "999", "badPassword"],
    [8, "0", "strongAuthRequired"],
    [13, "0", "strongAuthRequired"],
    [51, "0", "busy"],
    [52, "0", "unavailable"],
    [1, "0", "protocol"],
  ])("answers %i with data %s: %s", async (code, data, expected) => {
    const message = `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v2580`;
    const server = await start({ onBind: () => ({ code, message }) });
    expect(await codeOf(bindAs(settingsOf(server), "cn=hong", "password"))).toBe(expected);
  });

  it.each([
    ["cn=hong", ""],
    ["cn=hong", "\0behind"],
    ["", "password"],
  ])("would take the name %j with the password %j: it is not even asked", async (dn, password) => {
    const server = await start();
    expect(await codeOf(bindAs(settingsOf(server), dn, password))).toBe("badPassword");
    expect(await codeOf(openLdap({ ...settingsOf(server), bindDn: dn, password }))).toBe("badPassword");
    expect(server.log).toEqual([]);
  });

  it("is on another connection than the one that reads", async () => {
    const server = await start();
    const connection = await openLdap(settingsOf(server));
    await bindAs(settingsOf(server), "cn=hong", "password");
    await connection.close();
    expect(server.log).toEqual(["bind cn=sync,dc=corp,dc=test", "bind cn=hong"]);
  });
});

describe("the encryption of a server that", () => {
  let tls: { key: string; cert: string };
  let ca = "";
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "maru-ldap-"));
    const made = await makeCertificates(folder, { address: "127.0.0.1" });
    tls = { key: readFileSync(made.keyFile, "utf8"), cert: readFileSync(made.certFile, "utf8") };
    ca = made.ca;
    rmSync(folder, { recursive: true });
  });
  const startTls = (server: Server): LdapSettings => ({ ...settingsOf(server), startTls: true, ca });

  it("has StartTLS is used before anything is said", async () => {
    const server = await start({ tls: { ...tls, isStartTls: true } });
    await bindAs(startTls(server), "cn=hong", "password");
    expect(server.log).toEqual(["startTls", "bind cn=hong"]);
  });

  it("refuses StartTLS is no encryption: nobody says a password there", async () => {
    const server = await start();
    expect(await codeOf(openLdap(startTls(server)))).toBe("startTlsRefused");
    expect(server.log).toEqual(["startTls"]);
  });

  it("never answers to StartTLS is waited for no longer than agreed", async () => {
    const server = await start({ isStartTlsSilent: true });
    expect(await codeOf(openLdap(startTls(server)))).toBe("timedOut");
  });

  it("never begins the encryption that it agreed to is waited for no longer either", async () => {
    const server = await start({ tls: { ...tls, isStartTls: true }, isEncryptionSilent: true });
    expect(await codeOf(openLdap(startTls(server)))).toBe("timedOut");
  });

  it("has somebody in between who begins an answer before the encryption is left", async () => {
    // A bind that succeeded, but for its last byte: whatever the real server says next would finish it.
    const forged = ldapResult(3, 0x61, 0, "!").subarray(0, -1);
    const server = await start({ tls: { ...tls, isStartTls: true }, beforeEncryption: forged, onBind: () => ({ code: 49 }) });
    expect(await codeOf(bindAs(startTls(server), "cn=hong", "wrong password"))).toBe("protocol");
    expect(server.log).toEqual(["startTls"]);
  });

  it("speaks TLS with a certificate of nobody's is left, and one that speaks none as well", async () => {
    const server = await start({ tls });
    expect(await codeOf(openLdap({ ...settingsOf(server), ca: null }))).toBe("tlsUntrusted");
    expect(await codeOf(openLdap({ ...settingsOf(server), ca: "no certificate" }))).toBe("tlsUntrusted");
    expect(await codeOf(openLdap({ ...settingsOf(server), ca }).then((connection) => connection.close()))).toBe("none");
    const plain = await start();
    expect(await codeOf(openLdap({ ...settingsOf(plain), url: plain.url.replace("ldap:", "ldaps:") }))).toBe("unreachable");
    expect(server.log.concat(plain.log).filter((line) => line.startsWith("bind"))).toHaveLength(1);
  });
});

describe("an address", () => {
  it.each(["SSH-2.0-OpenSSH_9.2p1\r\n", "220 mail ESMTP\r\n", "0\x84\xff\xff\xff\xff"])(
    "where something else listens (%j) says so",
    async (greeting) => {
      const server = createServer((socket) => socket.on("error", () => {}).write(Buffer.from(greeting, "latin1")));
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      expect(await codeOf(openLdap(settingsOf({ url: `ldap://127.0.0.1:${port}` })))).toBe("protocol");
      server.close();
    },
  );

  it.each(["", "corp.test", "http://corp.test", "ldap://", "ldap://[::1]", "ldaps://no-such-host.invalid"])(
    "%j leads nowhere",
    async (url) => {
      expect(await codeOf(openLdap(settingsOf({ url })))).toBe("nameUnknown");
    },
  );

  it("where nobody listens is unreachable", async () => {
    const server = await startHostileLdap();
    await server.close();
    expect(await codeOf(openLdap(settingsOf(server)))).toBe("unreachable");
    await new Promise((resolve) => connect({ port: server.port, host: "127.0.0.1" }).once("error", resolve));
  });
});
