import type { PERSON_FIELDS } from "./contract";
import type { ChangedPhoto } from "./plan-photos";

export type PersonField = (typeof PERSON_FIELDS)[number];
/** `department` is the outside id of the department; rank, position and title are named as Maru names them. */
export type PersonFields = { readonly [Field in PersonField]?: string | null };

/** A person as a source says, whatever kind of source it is. */
export type NormalPerson = {
  readonly externalId: string;
  /** The key of the DN (platform/ldap/dn), or the outside id where there are no DNs. */
  readonly dn: string;
  readonly fields: PersonFields;
  /** The key of the manager's DN; undefined where managers are not mapped. */
  readonly managerDn?: string | null;
  readonly isDisabled: boolean;
  /** When the account ends by itself, ISO. Nothing changes in the directory when it passes. */
  readonly expiresAt: string | null;
};

export type NormalDepartment = {
  readonly externalId: string;
  readonly dn: string;
  readonly parentExternalId: string | null;
  readonly name: string;
  /** The department of Maru that an administrator has named for it. */
  readonly departmentId?: string;
};

/** What a source says, as far as it was read. */
export type Desired = {
  /** Null where departments were not read. */
  readonly departments: readonly NormalDepartment[] | null;
  /** Whether those are all of them: then one that is not among them is missing. */
  readonly hasAllDepartments: boolean;
  readonly people: readonly NormalPerson[];
  /** Everybody whom a proven complete reading has shown; null after one of changes alone: then nobody is missing. */
  readonly presentIds: ReadonlySet<string> | null;
  /** Deleted in the directory, as it says itself. */
  readonly goneIds: readonly string[];
  /** The roles that follow from groups; null where groups were not read. */
  readonly roles: ReadonlyMap<string, readonly string[]> | null;
  /** The photos that differ; left out where photos were not read. */
  readonly photos?: readonly ChangedPhoto[];
};

/** Somebody of Maru whom the source knows. */
export type LinkedPerson = {
  readonly personId: string;
  readonly name: string;
  readonly hash: string;
  readonly dn: string;
  readonly isMissing: boolean;
  readonly isDisabledBySync: boolean;
  /** Works here and may sign in. */
  readonly isActive: boolean;
  /** The outside id of the manager; null for none, and for one who is not of this source. */
  readonly managerId: string | null;
};

export type LinkedDepartment = {
  readonly departmentId: string;
  readonly name: string;
  readonly hash: string;
  readonly dn: string;
  readonly isMissing: boolean;
  readonly isClosed: boolean;
};

/** Names that belong to one person at a time. */
export const UNIQUE_FIELDS = ["username", "email", "employeeNo"] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];
const LOWER_ASCII = /^[ -@[-~]*$/u;
/** A name as it is compared: whatever its width and case. */
export const foldName = (name: string): string => (LOWER_ASCII.test(name) ? name : name.normalize("NFKC").toLowerCase());
/** How a unique name is compared. */
export const claimOf = (field: UniqueField, value: string): string => `${field} ${foldName(value)}`;

/** What is known in Maru. `fields` and `holders` hold what is needed for those who changed, not everything. */
export type Current = {
  readonly people: ReadonlyMap<string, LinkedPerson>;
  readonly departments: ReadonlyMap<string, LinkedDepartment>;
  /** By outside id. */
  readonly fields: ReadonlyMap<string, PersonFields>;
  /** Who has a name (see claimOf): the id of the person. */
  readonly holders: ReadonlyMap<string, string>;
  /** What ranks, positions and titles are called. */
  readonly known: { readonly rank: ReadonlySet<string>; readonly position: ReadonlySet<string>; readonly title: ReadonlySet<string> };
  /** The roles that this source has given, by outside id. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
};

export type ItemTarget = "DEPARTMENT" | "PERSON" | "MANAGER" | "ROLE" | "PHOTO";
export type ItemAction = "CREATE" | "UPDATE" | "DEACTIVATE" | "REACTIVATE" | "MARK_MISSING" | "FOUND" | "CLOSE" | "GRANT" | "REVOKE";

export type Values = Readonly<Record<string, string | null>>;

/** One difference between the source and Maru. */
export type Item = {
  readonly target: ItemTarget;
  readonly action: ItemAction;
  readonly externalId: string;
  readonly label: string;
  readonly personId: string | null;
  readonly departmentId: string | null;
  readonly before: Values | null;
  readonly after: Values | null;
  readonly status: "PLANNED" | "CONFLICT" | "SKIPPED";
  readonly error: string | null;
  readonly hash: string | null;
  readonly dn: string | null;
};

/** An item with what most items do not have left out. */
export const itemOf = (item: Pick<Item, "target" | "action" | "externalId" | "label"> & Partial<Item>): Item => ({
  personId: null,
  departmentId: null,
  before: null,
  after: null,
  status: "PLANNED",
  error: null,
  hash: null,
  dn: null,
  ...item,
});
