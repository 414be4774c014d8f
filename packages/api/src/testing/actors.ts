import type { PrismaReader } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { PERMISSIONS, type Permission } from "../permissions";

// What the built-in roles may do, written down once more by hand: a test must not believe the code that it judges.
const GUEST: readonly Permission[] = ["board.read", "directory.read", "notification.read"];
const MEMBER: readonly Permission[] = [...GUEST, "board.post", "board.comment", "files.upload"];

export type TestActorName = "member" | "other" | "moderator" | "departmentAdmin" | "admin" | "guest";
export type TestActors = Readonly<Record<TestActorName, Actor>>;

/** The small organisation of a test: company > (development > team, sales). */
export type TestDepartments = { readonly company: string; readonly development: string; readonly team: string; readonly sales: string };

const createDepartments = async (db: PrismaReader): Promise<TestDepartments> => {
  const company = await createDepartment(db, { name: "마루", nameEn: "Maru" });
  const development = await createDepartment(db, { name: "개발본부", nameEn: "Development", parentId: company.id });
  const team = await createDepartment(db, { name: "개발1팀", nameEn: "Dev Team 1", parentId: development.id });
  const sales = await createDepartment(db, { name: "영업본부", nameEn: "Sales", parentId: company.id });
  return { company: company.id, development: development.id, team: team.id, sales: sales.id };
};

type Described = {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly departmentIds?: readonly string[];
  readonly managedDepartmentIds?: readonly string[];
};

/** A person with an account and the rights that are named; the first of `departmentIds` is where the person works. */
export const createActor = async (db: PrismaReader, described: Described): Promise<Actor> => {
  const { name, permissions, departmentIds = [], managedDepartmentIds = [] } = described;
  const person = await createPerson(db, { name, departmentId: departmentIds[0] });
  const account = await createAccount(db, { personId: person.id });
  return { id: person.id, accountId: account.id, sessionId: null, permissions: new Set(permissions), departmentIds, managedDepartmentIds };
};

/**
 * One person of each kind. The member and the department administrator work in development, the other one in sales; the moderator
 * moderates every board, the department administrator those of development; the guest is of no department.
 */
export const createActors = async (db: PrismaReader): Promise<{ actors: TestActors; departments: TestDepartments }> => {
  const departments = await createDepartments(db);
  const { company, development, team, sales } = departments;
  const actors = {
    member: await createActor(db, { name: "홍길동", permissions: MEMBER, departmentIds: [team, development, company] }),
    other: await createActor(db, { name: "김영희", permissions: MEMBER, departmentIds: [sales, company] }),
    moderator: await createActor(db, { name: "박관리", permissions: [...MEMBER, "board.moderate"], departmentIds: [company] }),
    departmentAdmin: await createActor(db, {
      name: "이부장",
      permissions: MEMBER,
      departmentIds: [development, company],
      managedDepartmentIds: [development, team],
    }),
    admin: await createActor(db, { name: "관리자", permissions: PERMISSIONS, departmentIds: [company] }),
    guest: await createActor(db, { name: "손님", permissions: GUEST }),
  };
  return { actors, departments };
};
