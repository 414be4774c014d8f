import { type LdapConnection, type LdapEntry, type LdapSettings, openLdap, type ServerState } from "@maru/platform/ldap/connection";
import { dnKey } from "@maru/platform/ldap/dn";
import type { Ctx } from "../../../tools";
import { type SourceMapping, sourceMapping, syncErrors } from "../contract";
import type { Desired, NormalPerson } from "../desired";
import { closeGroup } from "../groups";
import { hashOfPerson, normalise, ofGeneralizedTime } from "../normalise";
import { type Units, unitsOf } from "../units";
import type { Reader, Source } from "./execute";
import type { Cursor } from "./plan-run";

const TIMEOUT_MS = 30_000;
const PAGE_SIZE = 1_000;
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

/** The attributes that a reading of people asks for. */
export const attributesOf = ({ attributes }: SourceMapping): string[] => [
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

type Link = { readonly target: string; readonly externalId: string; readonly dn: string };

// Everything that a reading of changes must know of what was read before.
const readLinks = ({ db }: Ctx, sourceId: string): Promise<Link[]> =>
  db.syncLink.findMany({ where: { sourceId }, select: { target: true, externalId: true, dn: true } });

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
  const known = new Map(links.filter(({ target }) => target === "DEPARTMENT").map(({ externalId, dn }) => [externalId, dn]));
  return units.all().some(({ externalId, dn }) => (known.get(externalId) ?? dn) !== dn);
};

type People = { readonly people: NormalPerson[]; readonly lastChange: string | null };

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
    filter: condition ? `(&${filter}${condition})` : filter,
    attributes: attributesOf(mapping),
    pageSize: PAGE_SIZE,
  };
  for await (const page of connection.pages(search)) {
    for (const entry of page) {
      const person = normalise(entry, mapping, units.departmentOf);
      if (person) {
        people.push(person);
        // Between two pages and not all at once when they are compared: other work of this process goes on meanwhile.
        hashOfPerson(person);
      }
      const changed = entry.first("modifyTimestamp");
      if (changed !== null && (lastChange === null || changed > lastChange)) lastChange = changed;
    }
    seen(people.length);
  }
  return { people, lastChange };
};

const readDeleted = async (connection: LdapConnection, root: string, condition: string): Promise<string[]> => {
  // A deleted object has lost what kind it was.
  const search = { base: root, filter: `(&(isDeleted=TRUE)${condition})`, attributes: [], showDeleted: true, pageSize: PAGE_SIZE };
  return (await readAll(connection.pages(search))).flatMap(({ guid }) => guid ?? []);
};

const readRoles = async (
  connection: LdapConnection,
  root: string,
  { mapping }: Server,
  idOf: (dn: string) => string | undefined,
): Promise<Map<string, string[]>> => {
  const roles = new Map<string, string[]>();
  if (mapping.groups.length === 0) return roles;
  const search = { base: root, filter: GROUPS, attributes: [], pageSize: PAGE_SIZE };
  const groups = new Map((await readAll(connection.pages(search))).map(({ dn }) => [dnKey(dn), dn]));
  const known = new Map<string, readonly string[]>();
  const members = async (key: string): Promise<readonly string[]> => {
    const dn = groups.get(key);
    if (dn === undefined) return [];
    const read = known.get(key);
    if (read) return read;
    const pages = connection.pages({ base: dn, scope: "base", filter: "(objectClass=*)", attributes: ["member", "uniqueMember"] });
    const found = (await readAll(pages)).flatMap((entry) => [...entry.all("member"), ...entry.all("uniqueMember")].map(dnKey));
    known.set(key, found);
    return found;
  };
  for (const { dn, roleId } of mapping.groups)
    for (const member of await closeGroup(dnKey(dn), (key) => groups.has(key), members)) {
      const externalId = idOf(member);
      if (externalId !== undefined) roles.set(externalId, [...(roles.get(externalId) ?? []), roleId]);
    }
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
  const links = await readLinks(ctx, source.id);
  // A unit that was renamed changes the names of everybody in it, and of none of them says that it has.
  const condition = isFull || hasMovedUnit(units, links) ? null : changedSince(source, state);
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
  const byDn = new Map(links.filter(({ target }) => target === "PERSON").map(({ dn, externalId }) => [dn, externalId]));
  for (const { dn, externalId } of people) byDn.set(dn, externalId);
  const desired: Desired = {
    departments: server.mapping.departmentsFrom === "NONE" ? null : units.all(),
    hasAllDepartments: condition === null,
    people,
    presentIds,
    goneIds,
    roles: isRoleless ? null : await readRoles(connection, root, server, (dn) => byDn.get(dn)),
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
