import type { SaveSourceInput, SourceView } from "@maru/api/sync/contract";

export type SourceKind = SaveSourceInput["kind"];
export type Security = "LDAPS" | "STARTTLS" | "NONE";
type Attributes = SaveSourceInput["mapping"]["attributes"];
export type AttributeName = keyof Attributes;
/** What can be mapped, in the order in which it stands on the page; the server's own list, the manager and the photo (see the test). */
export const ATTRIBUTE_NAMES = [
  "username",
  "name",
  "nameEn",
  "employeeNo",
  "email",
  "phone",
  "mobile",
  "rank",
  "position",
  "title",
  "department",
  "manager",
  "photo",
] as const satisfies readonly AttributeName[];

/** A row of a list that grows: its key stays while what is typed changes. */
type Keyed = { readonly key: string };
export type UnitRow = Keyed & { readonly dn: string; readonly departmentId: string | null };
export type GroupRow = Keyed & { readonly dn: string; readonly roleId: string | null };

/** A source as somebody types it: everything is text until it is saved. */
export type SourceDraft = {
  readonly kind: SourceKind;
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly security: Security;
  readonly ca: string;
  readonly bindDn: string;
  readonly password: string;
  readonly baseDn: string;
  readonly filter: string;
  readonly attributes: Readonly<Record<AttributeName, string>>;
  readonly departmentsFrom: SaveSourceInput["mapping"]["departmentsFrom"];
  readonly units: readonly UnitRow[];
  readonly groups: readonly GroupRow[];
  readonly rootDepartmentId: string | null;
  readonly isEnabled: boolean;
  readonly deltaMinutes: number | null;
  /** "02:00", or nothing. */
  readonly fullAt: string;
};

type Preset = Pick<SourceDraft, "filter" | "attributes" | "departmentsFrom">;
const AD: Preset = {
  filter: "(&(objectCategory=person)(objectClass=user))",
  departmentsFrom: "OU",
  attributes: {
    ...{ username: "sAMAccountName", name: "displayName", nameEn: "", employeeNo: "employeeID", email: "mail" },
    ...{ phone: "telephoneNumber", mobile: "mobile", rank: "", position: "", title: "title", department: "", manager: "manager" },
    photo: "",
  },
};
const OPENLDAP: Preset = {
  filter: "(objectClass=inetOrgPerson)",
  departmentsFrom: "OU",
  attributes: {
    ...{ username: "uid", name: "displayName", nameEn: "", employeeNo: "employeeNumber", email: "mail" },
    ...{ phone: "telephoneNumber", mobile: "mobile", rank: "", position: "", title: "title", department: "", manager: "manager" },
    photo: "",
  },
};
const PRESETS: Readonly<Record<SourceKind, Preset>> = { AD, OPENLDAP };

/** Where such servers usually keep photos; they are read only where somebody asks for it. */
export const USUAL_PHOTO: Readonly<Record<SourceKind, string>> = { AD: "thumbnailPhoto", OPENLDAP: "jpegPhoto" };

/** The port that a server of this kind of line usually listens on. */
export const usualPort = (security: Security): string => (security === "LDAPS" ? "636" : "389");

/** What a source begins with: encrypted, with the attributes that such servers usually have, and not running by itself. */
export const newDraft = (kind: SourceKind = "AD"): SourceDraft => ({
  ...{ kind, name: "", host: "", port: usualPort("LDAPS"), security: "LDAPS", ca: "", bindDn: "", password: "", baseDn: "" },
  ...{ units: [], groups: [], rootDepartmentId: null, isEnabled: false, deltaMinutes: 15, fullAt: "02:00" },
  ...PRESETS[kind],
});

/** The draft for a server of the other kind: what nobody has changed is what such servers usually have. */
export const withKind = (draft: SourceDraft, kind: SourceKind): SourceDraft => {
  const [old, next] = [PRESETS[draft.kind], PRESETS[kind]];
  const attributes = Object.fromEntries(
    ATTRIBUTE_NAMES.map((name) => [name, draft.attributes[name] === old.attributes[name] ? next.attributes[name] : draft.attributes[name]]),
  ) as SourceDraft["attributes"];
  return { ...draft, kind, attributes, filter: draft.filter === old.filter ? next.filter : draft.filter };
};

/** The draft with another kind of line; a port that somebody has chosen stays. */
export const withSecurity = (draft: SourceDraft, security: Security): SourceDraft => ({
  ...draft,
  security,
  port: draft.port === usualPort(draft.security) ? usualPort(security) : draft.port,
});

const URL_PARTS = /^(ldaps?):\/\/([^:/]+)(?::(\d+))?$/;

const timeOf = (minute: number | null): string =>
  minute === null ? "" : `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const minuteOf = (time: string): number | null => {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
};

const attributesOf = (saved: Attributes): SourceDraft["attributes"] =>
  Object.fromEntries(ATTRIBUTE_NAMES.map((name) => [name, saved[name] ?? ""])) as SourceDraft["attributes"];

/** What is saved, as it can be typed over. The password is never among it. */
export const draftOf = (source: SourceView): SourceDraft => {
  const [, scheme, host = "", port] = URL_PARTS.exec(source.url ?? "") ?? [];
  const security = scheme === "ldaps" ? "LDAPS" : source.startTls ? "STARTTLS" : "NONE";
  const { mapping } = source;
  return {
    kind: source.kind === "OPENLDAP" ? "OPENLDAP" : "AD",
    ...{ name: source.name, host, port: port ?? usualPort(security), security, ca: source.ca ?? "", bindDn: source.bindDn ?? "" },
    ...{ password: "", baseDn: source.baseDn ?? "", filter: source.filter ?? "", attributes: attributesOf(mapping.attributes) },
    departmentsFrom: mapping.departmentsFrom,
    units: mapping.units.map((unit) => ({ key: unit.dn, ...unit })),
    groups: mapping.groups.map((group) => ({ key: `${group.dn} ${group.roleId}`, ...group })),
    ...{ rootDepartmentId: source.rootDepartmentId, isEnabled: source.isEnabled, deltaMinutes: source.deltaMinutes },
    fullAt: timeOf(source.fullAtMinute),
  };
};

const urlOf = ({ host, port, security }: SourceDraft): string =>
  `${security === "LDAPS" ? "ldaps" : "ldap"}://${host.trim()}:${port.trim()}`;

/** What decides to whom a password is sent, and as whose. */
const lineOf = (draft: SourceDraft): string => [urlOf(draft), draft.security, draft.ca.trim(), draft.bindDn.trim()].join("\n");

/** Whether the password must be typed: there is none yet, or it would go to another server than the one that it was typed for. */
export const mustTypePassword = (draft: SourceDraft, saved: SourceView | null): boolean =>
  saved === null || !saved.hasPassword || lineOf(draft) !== lineOf(draftOf(saved));

export type SourceProblem = "needed" | "notAHost" | "notAPort" | "notAnAttribute" | "usernameNeeded" | "passwordAgain";
/** By the name of the field; a row of a list by its key, an attribute as `attributes.name`. */
export type SourceProblems = Readonly<Record<string, SourceProblem>>;

const HOST = /^[a-zA-Z0-9.-]+$/;
const ATTRIBUTE = /^[a-zA-Z][a-zA-Z0-9;-]{0,63}$/;
const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

const lineProblems = (draft: SourceDraft, saved: SourceView | null): Record<string, SourceProblem> => {
  const problems: Record<string, SourceProblem> = {};
  for (const field of ["host", "bindDn", "baseDn", "filter"] as const) if (draft[field].trim() === "") problems[field] = "needed";
  if (!problems.host && !HOST.test(draft.host.trim())) problems.host = "notAHost";
  if (!isPort(draft.port.trim())) problems.port = "notAPort";
  if (draft.password === "" && mustTypePassword(draft, saved)) problems.password = saved ? "passwordAgain" : "needed";
  return problems;
};

const mappingProblems = ({ attributes, units, groups }: SourceDraft): Record<string, SourceProblem> => {
  const problems: Record<string, SourceProblem> = {};
  for (const name of ATTRIBUTE_NAMES) {
    const typed = attributes[name].trim();
    if (typed === "" && (name === "username" || name === "name")) problems[`attributes.${name}`] = "usernameNeeded";
    else if (typed !== "" && !ATTRIBUTE.test(typed)) problems[`attributes.${name}`] = "notAnAttribute";
  }
  for (const { key, dn } of units) if (dn.trim() === "") problems[key] = "needed";
  for (const { key, dn, roleId } of groups) if (dn.trim() === "" || roleId === null) problems[key] = "needed";
  return problems;
};

/** What keeps a draft from being tried. */
export const problemsOfTest = (draft: SourceDraft, saved: SourceView | null): SourceProblems => ({
  ...lineProblems(draft, saved),
  ...mappingProblems(draft),
});

/** What keeps a draft from being saved. */
export const problemsOf = (draft: SourceDraft, saved: SourceView | null): SourceProblems => ({
  ...(draft.name.trim() === "" ? { name: "needed" as const } : {}),
  ...problemsOfTest(draft, saved),
});

const mappingInput = ({ attributes, departmentsFrom, units, groups }: SourceDraft): SaveSourceInput["mapping"] => ({
  attributes: Object.fromEntries(ATTRIBUTE_NAMES.map((name) => [name, attributes[name].trim() || null])) as Attributes,
  departmentsFrom,
  units: units.map(({ dn, departmentId }) => ({ dn: dn.trim(), departmentId })),
  groups: groups.flatMap(({ dn, roleId }) => (roleId === null ? [] : [{ dn: dn.trim(), roleId }])),
});

/** The part of a draft that a connection test needs; a password that is not typed is not sent. */
export const testInput = (draft: SourceDraft, saved: SourceView | null) => ({
  id: saved?.id ?? null,
  kind: draft.kind,
  url: urlOf(draft),
  startTls: draft.security === "STARTTLS",
  ca: draft.ca.trim() || null,
  bindDn: draft.bindDn.trim(),
  ...(draft.password === "" ? {} : { password: draft.password }),
  baseDn: draft.baseDn.trim(),
  filter: draft.filter.trim(),
  mapping: mappingInput(draft),
});

/** A draft without problems as the server takes it. */
export const saveInput = (draft: SourceDraft, saved: SourceView | null) => ({
  ...testInput(draft, saved),
  name: draft.name.trim(),
  ...{ rootDepartmentId: draft.rootDepartmentId, isEnabled: draft.isEnabled, deltaMinutes: draft.deltaMinutes },
  fullAtMinute: minuteOf(draft.fullAt),
  version: saved?.version ?? 0,
});

/** Whether something was typed that is not saved. */
export const isChanged = (draft: SourceDraft, before: SourceDraft): boolean =>
  (Object.keys(draft) as (keyof SourceDraft)[]).some((field) => JSON.stringify(draft[field]) !== JSON.stringify(before[field]));
