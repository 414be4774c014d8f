import { isIP, type Socket } from "node:net";
import { type ConnectionOptions, TLSSocket } from "node:tls";
import {
  Client,
  Control,
  type Filter,
  PagedResultsControl,
  PresenceFilter,
  type SearchEntry,
  SearchRequest,
  type SearchResponse,
} from "ldapts";
import { messageReader, parseFilter } from "./grammar";
import { codeOfResult, LdapError, type LdapStep, toLdapError } from "./ldap-error";

/** How a directory server is reached, and as whom. */
export type LdapSettings = {
  /** ldap://host or ldaps://host, with a port where it is not the usual one. */
  readonly url: string;
  /** Turns an ldap:// connection into an encrypted one before anything else is said. */
  readonly startTls: boolean;
  /** PEM certificates of the authorities that are trusted for this server instead of the well-known ones; null: the well-known ones. */
  readonly ca: string | null;
  readonly bindDn: string;
  readonly password: string;
  /** How long connecting and each answer may take. */
  readonly timeoutMs: number;
};

/** What a server says of itself; `host` and `invocationId` tell one domain controller's change numbers from another's. */
export type ServerState = {
  readonly kind: "ad" | "openldap" | "other";
  /** The one that the server calls its default stands first. */
  readonly namingContexts: readonly string[];
  readonly host: string | null;
  readonly invocationId: string | null;
  readonly highestUsn: string | null;
};

/** One entry. Names of attributes are found whatever their case; an attribute that is absent has no values. */
export type LdapEntry = {
  readonly dn: string;
  /** objectGUID or entryUUID as a lower-case UUID: what stays the same when the entry is renamed or moved. Asked for with every search. */
  readonly guid: string | null;
  first(name: string): string | null;
  all(name: string): readonly string[];
  bytes(name: string): Buffer | null;
};

export type LdapSearch = {
  readonly base: string;
  readonly filter: string;
  readonly attributes: readonly string[];
  /** Default `sub`. */
  readonly scope?: "base" | "one" | "sub";
  /** Default 500, at most 1,000: what a domain controller gives at once. */
  readonly pageSize?: number;
  /** Also entries that the directory has deleted and not yet forgotten (Active Directory). */
  readonly showDeleted?: boolean;
};

export type LdapConnection = {
  state(): Promise<ServerState>;
  /**
   * Every page of the search, to the proven end; throws LdapError rather than ending early. Attributes that the server gives in ranges are
   * read to their end. References to other servers are not followed: our password is not theirs.
   */
  pages(search: LdapSearch): AsyncGenerator<readonly LdapEntry[]>;
  /** All values of an attribute that the server gives in ranges. */
  allValues(dn: string, attribute: string): Promise<readonly string[]>;
  close(): Promise<void>;
};

/**
 * What we need of the client library and it keeps to itself. Its public search ends at an empty page that still has a cookie, cuts where the
 * server's limit cuts, and silently connects again without StartTLS or a bind; one request and its whole answer has none of that. The version
 * is pinned, and the tests against a hostile server fail when one of these names is gone.
 */
type Inside = {
  _connect(): Promise<void>;
  _nextMessageId(): number;
  _send(request: SearchRequest): Promise<SearchResponse | undefined>;
  readonly messageParser: { read(bytes: Buffer, requests: unknown): void };
  readonly socket?: Socket;
};
const insideOf = (client: Client): Inside => client as unknown as Inside;

const GUIDS = ["objectGUID", "entryUUID"];
const DEFAULT_PAGE_SIZE = 500;
const MAX_PAGE_SIZE = 1_000;
/** Ten million entries at the usual size; a server that gives pages without end is broken. */
const MAX_PAGES = 20_000;
const SHOW_DELETED = "1.2.840.113556.1.4.417";
const ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800";
const RANGE = /^(.+);range=(\d+)-(\d+|\*)$/i;

/** The address in a URL of a directory server; throws `nameUnknown` when there is none. */
export const readLdapUrl = (url: string): { readonly isTls: boolean; readonly host: string; readonly port: number } => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isTls = parsed?.protocol === "ldaps:";
  if (parsed === null || parsed.hostname === "" || !(isTls || parsed.protocol === "ldap:"))
    throw new LdapError("nameUnknown", "no URL of a directory");
  // The library spells IPv6 addresses wrongly; a directory has a name anyway, or its certificate proves nothing.
  if (parsed.hostname.startsWith("[")) throw new LdapError("nameUnknown", "an IPv6 address instead of a name");
  return { isTls, host: parsed.hostname, port: Number(parsed.port) || (isTls ? 636 : 389) };
};

/** What has come over a line so far: whether the last message is whole, and whether something came that is none. */
type Watch = { isWhole(): boolean; isBroken(): boolean };

/** Lets only whole messages through to the library; anything else ends the connection. */
const guardMessages = (client: Client): Watch => {
  const inside = insideOf(client);
  const { messageParser } = inside;
  const read = messageParser.read.bind(messageParser);
  const { take, isEmpty } = messageReader();
  let isBroken = false;
  messageParser.read = (bytes, requests) => {
    const messages = take(bytes);
    for (const message of messages ?? []) read(message, requests);
    isBroken ||= messages === null;
    if (isBroken) inside.socket?.destroy();
  };
  return { isWhole: isEmpty, isBroken: () => isBroken };
};

/** A connection before anybody has said who they are. `run` gives each step its time and turns its failure into an LdapError. */
export type Line = {
  readonly client: Client;
  /** The encryption, if there is any. */
  readonly tls: TLSSocket | null;
  run<T>(step: LdapStep, work: () => Promise<T> | T): Promise<T>;
  close(): Promise<void>;
};

const lineOver = (client: Client, watch: Watch, timeoutMs: number, signal: AbortSignal | undefined): Line => {
  const close = () => client.unbind().catch(() => undefined);
  let isLost = false;
  const run: Line["run"] = async (step, work) => {
    signal?.throwIfAborted();
    if (isLost) throw new LdapError("unavailable", "the connection was lost before");
    let end: () => void = () => undefined;
    const gaveUp = new Promise<never>((_resolve, reject) => {
      // The library's own limits leave out the handshake of StartTLS; a little later than they, so that theirs can say more.
      const timer = setTimeout(() => reject(new LdapError("timedOut", `${step} took too long`)), timeoutMs + 500);
      const abort = () => reject(new LdapError("unavailable", "the caller gave up"));
      signal?.addEventListener("abort", abort);
      end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
    });
    try {
      return await Promise.race([work(), gaveUp]);
    } catch (error) {
      isLost = true;
      void close();
      signal?.throwIfAborted();
      throw watch.isBroken() ? new LdapError("protocol", "what came is no LDAP", { cause: error }) : toLdapError(error, step);
    } finally {
      end();
    }
  };
  return {
    client,
    get tls() {
      const { socket } = insideOf(client);
      return socket instanceof TLSSocket ? socket : null;
    },
    run,
    close,
  };
};

/**
 * Connects, encrypted where the settings say so, and does not bind. `isUnverified` takes any certificate, to look at it: nothing secret may
 * go over such a line.
 */
export const dial = async (settings: LdapSettings, signal?: AbortSignal, { isUnverified = false } = {}): Promise<Line> => {
  const { url, startTls, ca, timeoutMs } = settings;
  const { isTls, host } = readLdapUrl(url);
  const servername = isIP(host) ? undefined : host;
  const tls: ConnectionOptions = { host, servername, ca: ca ?? undefined, rejectUnauthorized: !isUnverified };
  // Options of TLS on an ldap:// URL would mean TLS from the first byte.
  const client = new Client({ url, timeout: timeoutMs, connectTimeout: timeoutMs, tlsOptions: isTls ? tls : undefined });
  const watch = guardMessages(client);
  const line = lineOver(client, watch, timeoutMs, signal);
  await line.run("connect", () => insideOf(client)._connect());
  if (startTls && !isTls) {
    await line.run("startTls", () => client.startTLS(tls));
    // Whoever sits in between could have sent the beginning of an answer before the encryption, to be finished by the first byte behind it.
    if (!watch.isWhole()) await line.run("startTls", () => Promise.reject(new LdapError("protocol", "bytes before the encryption")));
  }
  return line;
};

const bind = async (settings: LdapSettings, dn: string, password: string, signal?: AbortSignal): Promise<Line> => {
  // A name with an empty password is a bind as nobody, which servers answer with success; a NUL ends a password where programs in C look.
  if (dn === "" || password === "" || password.includes("\0")) throw new LdapError("badPassword", "refused without asking the server");
  const line = await dial(settings, signal);
  await line.run("bind", () => line.client.bind(dn, password));
  return line;
};

/**
 * Asks the server whether this is the password of `dn`, on a connection of its own, as a sign-in does. Resolves when it is; LdapError says
 * why not. An empty password is refused before anything is sent.
 */
export const bindAs = async (settings: LdapSettings, dn: string, password: string, signal?: AbortSignal): Promise<void> => {
  const line = await bind(settings, dn, password, signal);
  await line.close();
};

/** objectGUID as a UUID: its first three fields stand with their last byte first. */
const guidOfBytes = (bytes: Buffer): string | null => {
  if (bytes.length !== 16) return null;
  const ordered = Buffer.from(bytes);
  for (const [from, to] of [
    [0, 4],
    [4, 6],
    [6, 8],
  ])
    ordered.subarray(from, to).reverse();
  return ordered.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

type Values = Map<string, readonly Buffer[]>;

const valuesOf = (entry: SearchEntry): Values =>
  new Map(entry.attributes.map(({ type, parsedBuffers }) => [type.toLowerCase(), parsedBuffers]));

const entryOf = (dn: string, values: Values): LdapEntry => {
  const all = (name: string) => (values.get(name.toLowerCase()) ?? []).map((value) => value.toString("utf8"));
  const bytes = (name: string) => values.get(name.toLowerCase())?.[0] ?? null;
  const first = (name: string) => bytes(name)?.toString("utf8") ?? null;
  const guid = bytes("objectGUID");
  return { dn, guid: guid === null ? (first("entryUUID")?.toLowerCase() ?? null) : guidOfBytes(guid), first, all, bytes };
};

const everything = (): Filter => new PresenceFilter({ attribute: "objectClass" });

type Query = {
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly filter: Filter;
  readonly attributes: readonly string[];
};

/** Searches over one bound line. */
class Searcher {
  constructor(
    private readonly line: Line,
    private readonly timeoutMs: number,
  ) {}

  /** One request and its answer, whose result was success. */
  async #ask({ base, scope, filter, attributes }: Query, controls: Control[]): Promise<SearchResponse> {
    const response = await this.line.run("search", () => {
      const inside = insideOf(this.line.client);
      const timeLimit = Math.ceil(this.timeoutMs / 1_000);
      const request = { messageId: inside._nextMessageId(), baseDN: base, scope, filter, attributes: [...attributes], timeLimit, controls };
      return inside._send(new SearchRequest(request));
    });
    if (response === undefined) throw new LdapError("unavailable", "no answer");
    const { status, errorMessage } = response;
    if (status !== 0) throw new LdapError(codeOfResult(status, errorMessage, "search"), `result ${status}: ${errorMessage}`);
    return response;
  }

  /** The one entry of this name, or null when it is not there or may not be seen. */
  async find(dn: string, attributes: readonly string[]): Promise<LdapEntry | null> {
    const query = { base: dn, scope: "base" as const, filter: everything(), attributes };
    try {
      const { searchEntries } = await this.#ask(query, []);
      const entry = searchEntries[0];
      return entry === undefined ? null : await this.#complete(entry);
    } catch (error) {
      if (error instanceof LdapError && error.code === "baseUnknown") return null;
      throw error;
    }
  }

  async *pages(search: LdapSearch): AsyncGenerator<readonly LdapEntry[]> {
    const { base, scope = "sub", attributes, pageSize = DEFAULT_PAGE_SIZE, showDeleted = false } = search;
    const query = { base, scope, filter: parseFilter(search.filter), attributes: [...attributes, ...GUIDS] };
    const paging = new PagedResultsControl({ value: { size: Math.min(Math.max(pageSize, 1), MAX_PAGE_SIZE) } });
    const controls = showDeleted ? [paging, new Control(SHOW_DELETED, { critical: true })] : [paging];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { searchEntries, controls: answered = [] } = await this.#ask(query, controls);
      const cookie = cookieOf(answered);
      // A server that can't page says so on its first answer, which is then the whole; a later one without a word on pages proves nothing.
      if (cookie === null && page > 1) throw new LdapError("incomplete", `page ${page} does not say whether there are more`);
      const entries: LdapEntry[] = [];
      for (const entry of searchEntries) entries.push(await this.#complete(entry));
      // An empty page is not the end as long as there is a cookie.
      if (entries.length > 0) yield entries;
      if (cookie === null || cookie.length === 0) return;
      paging.value = { size: paging.value?.size ?? DEFAULT_PAGE_SIZE, cookie };
    }
    throw new LdapError("incomplete", `more than ${MAX_PAGES} pages`);
  }

  /** An entry with every attribute whole: what came as a range is read on to its end. */
  async #complete(entry: SearchEntry): Promise<LdapEntry> {
    const values = valuesOf(entry);
    for (const { type, parsedBuffers } of entry.attributes) {
      const [, attribute, , last] = RANGE.exec(type) ?? [];
      if (attribute === undefined || last === undefined) continue;
      const rest = last === "*" ? [] : await this.#restOf(entry.name, attribute, Number(last) + 1);
      values.set(attribute.toLowerCase(), [...parsedBuffers, ...rest]);
    }
    return entryOf(entry.name, values);
  }

  async #restOf(dn: string, attribute: string, from: number): Promise<Buffer[]> {
    const found: Buffer[] = [];
    for (let next = from, last = ""; last !== "*"; next = Number(last) + 1) {
      const query = { base: dn, scope: "base" as const, filter: everything(), attributes: [`${attribute};range=${next}-*`] };
      const { searchEntries } = await this.#ask(query, []);
      const range = searchEntries[0]?.attributes.find(({ type }) => RANGE.exec(type)?.[1]?.toLowerCase() === attribute.toLowerCase());
      const [, , start, end] = RANGE.exec(range?.type ?? "") ?? [];
      // Nothing, or another part than was asked for: the list would have a hole that nobody sees.
      if (range === undefined || Number(start) !== next || (end !== "*" && Number(end) < next)) {
        throw new LdapError("incomplete", `the values of ${attribute} from ${next} on are missing`);
      }
      found.push(...range.parsedBuffers);
      last = end ?? "*";
    }
    return found;
  }
}

/** What a server says of the pages to come: an empty cookie is the end, null that it said nothing. */
const cookieOf = (controls: readonly Control[]): Buffer | null => {
  const paging = controls.find((control) => control instanceof PagedResultsControl);
  return paging instanceof PagedResultsControl ? (paging.value?.cookie ?? Buffer.alloc(0)) : null;
};

const ROOT = [
  "namingContexts",
  "defaultNamingContext",
  "supportedCapabilities",
  "objectClass",
  "dnsHostName",
  "dsServiceName",
  "highestCommittedUSN",
];

const readState = async (searcher: Searcher): Promise<ServerState> => {
  const root = await searcher.find("", ROOT);
  if (root === null) throw new LdapError("protocol", "the server says nothing of itself");
  const isActiveDirectory = root.all("supportedCapabilities").includes(ACTIVE_DIRECTORY);
  const isOpenLdap = root.all("objectClass").includes("OpenLDAProotDSE");
  const service = isActiveDirectory ? root.first("dsServiceName") : null;
  const settings = service === null ? null : await searcher.find(service, ["invocationId"]);
  const invocation = settings?.bytes("invocationId") ?? null;
  return {
    kind: isActiveDirectory ? "ad" : isOpenLdap ? "openldap" : "other",
    namingContexts: [...new Set([...root.all("defaultNamingContext"), ...root.all("namingContexts")])],
    host: root.first("dnsHostName"),
    invocationId: invocation === null ? null : guidOfBytes(invocation),
    highestUsn: root.first("highestCommittedUSN"),
  };
};

/**
 * Connects and binds. Every failure is an LdapError. What was lost once stays lost: a search on a second connection would go on where nobody
 * knows what the first one has seen. Aborting throws the signal's reason. Close it in `finally`.
 */
export const openLdap = async (settings: LdapSettings, signal?: AbortSignal): Promise<LdapConnection> => {
  const line = await bind(settings, settings.bindDn, settings.password, signal);
  const searcher = new Searcher(line, settings.timeoutMs);
  return {
    state: () => readState(searcher),
    pages: (search) => searcher.pages(search),
    allValues: async (dn, attribute) => {
      const entry = await searcher.find(dn, [attribute]);
      if (entry === null) throw new LdapError("baseUnknown", "no such entry");
      return entry.all(attribute);
    },
    close: () => line.close(),
  };
};
