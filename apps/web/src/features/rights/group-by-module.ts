import type { PermissionView } from "@maru/api/identity/contract";

/** The permissions of each module, in the order of the catalogue. */
export const groupByModule = (permissions: readonly PermissionView[]): readonly (readonly [string, readonly PermissionView[]])[] => {
  const groups = new Map<string, PermissionView[]>();
  for (const permission of permissions) groups.set(permission.module, [...(groups.get(permission.module) ?? []), permission]);
  return [...groups];
};
