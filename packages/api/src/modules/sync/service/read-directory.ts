import { type LdapConnection, type LdapEntry, type LdapSettings, openLdap, type ServerState } from "@maru/platform/ldap/connection";
import { dnKey } from "@maru/platform/ldap/dn";
import { inTurns } from "@maru/platform/turns";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { type SourceMapping, sourceMapping, syncErrors } from "../contract";
import type { Desired, NormalPerson } from "../desired";
import { closeGroup } from "../groups";
import { hashOfPerson, normalise, ofGeneralizedTime } from "../normalise";
import { type Units, unitsOf } from "../units";
import type { Reader, Source } from "./execute";
import type { Cursor } from "./plan-run";
import { readPhotos } from "./read-photos";

const TIMEOUT_MS = 30_000;
/** What comes at once is read at once, and nobody else of this process has a turn meanwhile. */
const PAGE_SIZE = 500;
/** How far behind the last change a reading of changes begins: the clocks of servers that copy from each other differ. */
const OVERLAP_MS = 5 * 60_000;
/** What a directory says about an account besides what is mapped. */
const OF_ACCOUNTS = ["userAccountControl", "accountExpires", "pwdAccountLockedTime", "modifyTimestamp"];
const GROUPS = "(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))";

/** Where the keyring finds the password of a source. */
export const secretPlace = (id: string) => ({ table: "sync_source", column: "secret", id });

/** A source that is a server, with everything that a reading needs. */
export type Server = { readonly settings: LdapSettings; readonly baseDn: string; readonly filter: string; readonly mapping: SourceMapping };

export const serverOf = (ctx: Pick<Ctx, "tools">, source: Source): Server => {
  const { id, url, bindDn, secret, baseDn, filter, startTls, ca } = source;
  if (url === null || bindDn === null || secret === null || baseDn === null || filter === null) throw syncErrors.sourceHasNoServer();
  const password = ctx.tools.keyring.open(secret, secretPlace(id));
  return {
    settings: { url, startTls, ca, bindDn, password, timeoutMs: TIMEOUT_MS },
    baseDn,
    filter,
    mapping: sourceMapping.parse(source.mapping),
  };
};

/** The attributes that a reading of people asks for; photos have a reading of their own. */
export const attributesOf = ({ attributes: { photo: _photo, ...attributes } }: SourceMapping): string[] => [
  ...new Set([...Object.values(attributes).flatMap((name) => name ?? []), ...OF_ACCOUNTS]),
];

const readAll = async (pages: AsyncIterable<readonly LdapEntry[]>): Promise<LdapEntry[]> => {
  const entries: LdapEntry[] = [];
  for await (const page of pages) entries.push(...page);
  return entries;
};

/** The units of a source; nothing where departments don't come from them. */
export const readUnits = async (connection: LdapConnection, { baseDn, mapping }: Server): Promise<Units> => {
  const isOfUnits = mapping.departmentsFrom === "OU" || mapping.departmentsFrom === "BOTH";
  const search = { base: baseDn, filter: "(objectClass=organizationalUnit)", attributes: ["ou", "name"], pageSize: PAGE_SIZE };
  return unitsOf(isOfUnits ? await readAll(connection.pages(search)) : [], mapping);
};

type Link = { readonly externalId: string; readonly dn: string };

// Where units were when they were read before.
const readKnownUnits = ({ db }: Ctx, sourceId: string): Promise<Link[]> =>
  db.syncLink.findMany({ where: { sourceId, target: "DEPARTMENT" }, select: { externalId: true, dn: true } });

// Whom the source has shown before under these names.
const readLinksOf = async ({ sql }: Ctx, sourceId: string, dns: readonly string[]): Promise<readonly Link[]> => {
  if (dns.length === 0) return [];
  const { rows } = await raw<Link>`
    SELECT external_id AS "externalId", dn FROM unnest(${dns}::text[]) AS named(dn) JOIN sync_link USING (dn)
    WHERE source_id = ${sourceId}::uuid AND target = 'PERSON'`.execute(sql);
  return rows;
};

const toGeneralizedTime = (at: Date): string => at.toISOString().replace(/[-:T]|\.\d+/gu, "");

/** What changed since the cursor, as a condition; null where only a reading of everything will do. */
const changedSince = (source: Source, state: ServerState): string | null => {
  if (source.kind === "AD") {
    // Another domain controller counts by itself: its numbers say nothing of what this one has counted.
    if (source.usn === null || source.invocationId === null || source.invocationId !== state.invocationId) return null;
    return `(uSNChanged>=${BigInt(source.usn) + 1n})`;
  }
  const last = ofGeneralizedTime(source.modifyTimestamp);
  return last === null ? null : `(modifyTimestamp>=${toGeneralizedTime(new Date(Date.parse(last) - OVERLAP_MS))})`;
};

const hasMovedUnit = (units: Units, links: readonly Link[]): boolean => {
  const known = new Map(links.map(({ externalId, dn }) => [externalId, dn]));
  return units.all().some(({ externalId, dn }) => (known.get(externalId) ?? dn) !== dn);
};

/** Asks for the next page before this one is looked at: the server makes it meanwhile. */
async function* ahead<Page>(pages: AsyncGenerator<Page>): AsyncGenerator<Page> {
  for (let next = pages.next(); ; ) {
    const { value, done } = await next;
    if (done) return;
    next = pages.next();
    // Whoever goes on waits for it and is told; whoever gave up meanwhile does not want to know.
    next.catch(() => undefined);
    yield value;
  }
}

type People = { readonly people: NormalPerson[]; readonly lastChange: string | null };

const within = (filter: string, condition: string | null): string => (condition === null ? filter : `(&${filter}${condition})`);

const readPeople = async (
  connection: LdapConnection,
  { baseDn, filter, mapping }: Server,
  units: Units,
  { condition, seen }: { readonly condition: string | null; readonly seen: (count: number) => void },
): Promise<People> => {
  const people: NormalPerson[] = [];
  let lastChange: string | null = null;
  const search = {
    base: baseDn,
    filter: within(filter, condition),
    attributes: attributesOf(mapping),
    pageSize: PAGE_SIZE,
  };
  for await (const page of ahead(connection.pages(search))) {
    await inTurns(page, (entry) => {
      const person = normalise(entry, mapping, units.departmentOf);
      if (person) {
        people.push(person);
        // While the server makes the next page.
        hashOfPerson(person);
      }
      const changed = entry.first("modifyTimestamp");
      if (changed !== null && (lastChange === null || changed > lastChange)) lastChange = changed;
    });
    seen(people.length);
  }
  return { people, lastChange };
};

const readDeleted = async (connection: LdapConnection, root: string, condition: string): Promise<string[]> => {
  // A deleted object has lost what kind it was.
  const search = { base: root, filter: `(&(isDeleted=TRUE)${condition})`, attributes: [], showDeleted: true, pageSize: PAGE_SIZE };
  return (await readAll(connection.pages(search))).flatMap(({ guid }) => guid ?? []);
};

/** Who is in the groups that give roles, by the ids of the roles; people are keys of DNs. */
const readMembers = async (connection: LdapConnection, root: string, { mapping }: Server): Promise<[string, Set<string>][]> => {
  if (mapping.groups.length === 0) return [];
  const search = { base: root, filter: GROUPS, attributes: [], pageSize: PAGE_SIZE };
  const groups = new Map((await readAll(connection.pages(search))).map(({ dn }) => [dnKey(dn), dn]));
  const known = new Map<string, readonly string[]>();
  const members = async (key: string): Promise<readonly string[]> => {
    const dn = groups.get(key);
    if (dn === undefined) return [];
    const read = known.get(key);
    if (read) return read;
    const pages = connection.pages({ base: dn, scope: "base", filter: "(objectClass=*)", attributes: ["member", "uniqueMember"] });
    const found: string[] = [];
    for (const entry of await readAll(pages))
      for (const name of ["member", "uniqueMember"]) await inTurns(entry.all(name), (member) => found.push(dnKey(member)));
    known.set(key, found);
    return found;
  };
  const given: [string, Set<string>][] = [];
  for (const { dn, roleId } of mapping.groups) given.push([roleId, await closeGroup(dnKey(dn), (key) => groups.has(key), members)]);
  return given;
};

const readRoles = async (
  connection: LdapConnection,
  root: string,
  server: Server,
  known: { readonly people: readonly NormalPerson[]; linksOf(dns: readonly string[]): Promise<readonly Link[]> },
): Promise<Map<string, string[]>> => {
  const given = await readMembers(connection, root, server);
  const byDn = new Map<string, string>();
  if (given.length > 0) await inTurns(known.people, ({ dn, externalId }) => byDn.set(dn, externalId));
  const unknown = new Set<string>();
  for (const [, members] of given) for (const dn of members) if (!byDn.has(dn)) unknown.add(dn);
  for (const { dn, externalId } of await known.linksOf([...unknown])) byDn.set(dn, externalId);
  const roles = new Map<string, string[]>();
  for (const [roleId, members] of given)
    await inTurns(members, (dn) => {
      const externalId = byDn.get(dn);
      if (externalId !== undefined) roles.set(externalId, [...(roles.get(externalId) ?? []), roleId]);
    });
  return roles;
};

const haveGroupsChanged = async (connection: LdapConnection, root: string, condition: string): Promise<boolean> => {
  for await (const page of connection.pages({ base: root, filter: `(&${GROUPS}${condition})`, attributes: [] }))
    if (page.length > 0) return true;
  return false;
};

const cursorOf = (source: Source, state: ServerState, lastChange: string | null): Cursor =>
  source.kind === "AD"
    ? { invocationId: state.invocationId, usn: state.highestUsn, modifyTimestamp: null }
    : { invocationId: null, usn: null, modifyTimestamp: lastChange ?? source.modifyTimestamp };

const readOver = async (
  connection: LdapConnection,
  ctx: Ctx,
  run: Parameters<Reader>[1],
  server: Server,
  seen: (count: number) => void,
) => {
  const { source, isFull } = run;
  // Before anything else is read: what changes meanwhile is read again by the next run.
  const state = await connection.state();
  const root = state.namingContexts[0] ?? server.baseDn;
  const units = await readUnits(connection, server);
  // A unit that was renamed changes the names of everybody in it, and of none of them says that it has.
  const condition = isFull || hasMovedUnit(units, await readKnownUnits(ctx, source.id)) ? null : changedSince(source, state);
  const { people, lastChange } = await readPeople(connection, server, units, { condition, seen });
  const everybody = async (): Promise<ReadonlySet<string> | null> => {
    if (condition === null) return new Set(people.map(({ externalId }) => externalId));
    if (source.kind === "AD") return null;
    const search = { base: server.baseDn, filter: server.filter, attributes: [], pageSize: PAGE_SIZE };
    return new Set((await readAll(connection.pages(search))).flatMap(({ guid }) => guid ?? []));
  };
  const presentIds = await everybody();
  const goneIds = condition !== null && source.kind === "AD" ? await readDeleted(connection, root, condition) : [];
  const isRoleless = condition !== null && !(await haveGroupsChanged(connection, root, condition));
  const linksOf = (dns: readonly string[]) => readLinksOf(ctx, source.id, dns);
  const desired: Desired = {
    departments: server.mapping.departmentsFrom === "NONE" ? null : units.all(),
    hasAllDepartments: condition === null,
    people,
    presentIds,
    goneIds,
    roles: isRoleless ? null : await readRoles(connection, root, server, { people, linksOf }),
    photos: await readPhotos(ctx, connection, server, { sourceId: source.id, filter: within(server.filter, condition) }),
  };
  return { desired, cursor: cursorOf(source, state, lastChange) };
};

/**
 * Reads a directory over one connection: its units, its people, and whoever its groups make of them; everything, or what changed since the
 * source's cursor where that is certain. Whatever is not read to its proven end throws, so that nobody is thought absent by mistake.
 */
export const readDirectory: Reader = async (ctx, run, signal, seen) => {
  const server = serverOf(ctx, run.source);
  const connection = await openLdap(server.settings, signal);
  try {
    return await readOver(connection, ctx, run, server, seen);
  } finally {
    await connection.close();
  }
};
