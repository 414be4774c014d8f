import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import type { Permission } from "../../../permissions";
import type { TestMaru } from "../../../testing/testing";
import type { BuiltInRole } from "../contract";
import { findActorForPerson } from "../service/actors";

/** People whose rights stand in the database, as those who change rights must have them. */
export const rightsPeople = ({ db, maru }: TestMaru) => {
  const idOf = async (key: BuiltInRole): Promise<string> => (await db.role.findUniqueOrThrow({ where: { key } })).id;

  const give = async (actor: Pick<Actor, "accountId">, roleId: string, departmentId: string | null = null): Promise<string> => {
    const data = { id: newId(), accountId: actor.accountId as string, roleId, departmentId };
    return (await db.roleAssignment.create({ data })).id;
  };

  /** The actor that a person is now. */
  const actorOf = async (personId: string): Promise<Actor> => {
    const actor = await findActorForPerson(maru.database, personId);
    if (!actor) throw new Error("this person can't act");
    return actor;
  };

  const createRole = async (permissions: readonly Permission[], includedIds: readonly string[] = []): Promise<string> => {
    const id = newId();
    await db.role.create({
      data: {
        ...{ id, key: `role-${id}`, name: `역할 ${id}`, nameEn: `Role ${id}` },
        permissions: { create: permissions.map((permission) => ({ permission })) },
        includes: { create: includedIds.map((includedId) => ({ includedId })) },
      },
    });
    return id;
  };

  /** Somebody with these roles, everywhere. */
  const createPerson = async (roleIds: readonly string[] = []): Promise<Actor> => {
    const { id, personId } = await createAccount(db);
    for (const roleId of roleIds) await give({ accountId: id }, roleId);
    return actorOf(personId);
  };
  const createAdministrator = async (): Promise<Actor> => createPerson([await idOf("system-admin")]);

  /** Leaves the installation without any administrator: each test then has those that it makes. */
  const forgetAdministrators = async (): Promise<void> => {
    await db.roleAssignment.deleteMany({ where: { role: { key: "system-admin" } } });
    await db.roleChange.deleteMany({});
  };
  const holds = async (actor: Actor, roleId: string): Promise<boolean> =>
    (await db.roleAssignment.count({ where: { accountId: actor.accountId as string, roleId } })) > 0;
  const assignmentOf = async (actor: Actor, roleId: string): Promise<string> =>
    (await db.roleAssignment.findFirstOrThrow({ where: { accountId: actor.accountId as string, roleId } })).id;

  return { idOf, give, actorOf, createRole, createPerson, createAdministrator, forgetAdministrators, holds, assignmentOf };
};
export type RightsPeople = ReturnType<typeof rightsPeople>;
