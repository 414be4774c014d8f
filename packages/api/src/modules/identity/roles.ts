import type { BuiltInRole } from "./contract";

type RoleDefinition = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  /** "all" follows the catalogue: a new permission is the system administrator's without another line. */
  readonly permissions: "all" | readonly string[];
  /** What the role says of second factors in a new installation; an administrator changes it afterwards. */
  readonly factorRule?: "KEPT";
};

const GUEST = ["board.read", "directory.read", "notification.read"];

/**
 * The built-in roles, as data that follows the code. Their ids are fixed, so that every installation names them alike. What a department
 * administrator may do counts in the assigned department and below, never everywhere.
 */
export const BUILT_IN_ROLE_DEFINITIONS: Readonly<Record<BuiltInRole, RoleDefinition>> = {
  "system-admin": {
    id: "00000000-0000-7000-8000-000000000101",
    name: "시스템 관리자",
    nameEn: "System administrator",
    permissions: "all",
    factorRule: "KEPT",
  },
  "department-admin": {
    id: "00000000-0000-7000-8000-000000000102",
    name: "부서 관리자",
    nameEn: "Department administrator",
    permissions: ["board.moderate"],
  },
  member: {
    id: "00000000-0000-7000-8000-000000000103",
    name: "구성원",
    nameEn: "Member",
    permissions: [...GUEST, "board.post", "board.comment", "files.upload"],
  },
  guest: { id: "00000000-0000-7000-8000-000000000104", name: "손님", nameEn: "Guest", permissions: GUEST },
};

/** The permissions that can also be given for one department with all below it; the others count everywhere or not at all. */
export const DEPARTMENT_SCOPED: readonly string[] = ["board.moderate"];
