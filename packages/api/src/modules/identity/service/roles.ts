import type { Database } from "@maru/db/client";
import { PERMISSIONS } from "../../../permissions";
import { BUILT_IN_ROLE_DEFINITIONS } from "../roles";

/**
 * Brings the built-in roles and what they may do to the state of the code. Runs after the migrations, in a transaction; assignments and
 * roles that an administrator made are left alone.
 */
export const syncBuiltInRoles = async (database: Pick<Database, "prisma">): Promise<void> => {
  await database.prisma.$transaction(async (db) => {
    for (const [key, { id, name, nameEn, permissions }] of Object.entries(BUILT_IN_ROLE_DEFINITIONS)) {
      const role = await db.role.upsert({
        where: { key },
        create: { id, key, name, nameEn, isBuiltIn: true },
        update: { name, nameEn, isBuiltIn: true },
      });
      const wanted: readonly string[] = permissions === "all" ? PERMISSIONS : permissions;
      await db.rolePermission.deleteMany({ where: { roleId: role.id, permission: { notIn: [...wanted] } } });
      await db.rolePermission.createMany({ data: wanted.map((permission) => ({ roleId: role.id, permission })), skipDuplicates: true });
    }
  });
};
