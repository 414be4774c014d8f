import type { RoleView } from "@maru/api/identity/contract";

/** A role while it is edited. */
export type RoleDraft = {
  readonly name: string;
  readonly nameEn: string;
  readonly permissions: readonly string[];
  readonly includedIds: readonly string[];
};

export const EMPTY_DRAFT: RoleDraft = { name: "", nameEn: "", permissions: [], includedIds: [] };

export const draftOf = ({ name, nameEn, permissions, includedIds }: RoleView): RoleDraft => ({ name, nameEn, permissions, includedIds });

/** The list with one more or one less. */
export const toggled = (list: readonly string[], item: string): readonly string[] =>
  list.includes(item) ? list.filter((one) => one !== item) : [...list, item];

/** What the included roles bring, whatever the role holds itself. */
export const inheritedOf = (draft: RoleDraft, roles: readonly RoleView[]): ReadonlySet<string> =>
  new Set(roles.filter(({ id }) => draft.includedIds.includes(id)).flatMap(({ effective }) => effective));

/** The roles that a role can include: none that holds it already, never the highest one, never itself. */
export const includable = (roleId: string | null, roles: readonly RoleView[]): readonly RoleView[] => {
  const reaches = (from: RoleView, seen: ReadonlySet<string> = new Set()): boolean =>
    from.id === roleId ||
    (!seen.has(from.id) &&
      from.includedIds.some((id) => roles.some((role) => role.id === id && reaches(role, new Set([...seen, from.id])))));
  return roles.filter((role) => role.key !== "system-admin" && !reaches(role));
};

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));

/** Whether there is anything to save. */
export const isChanged = (draft: RoleDraft, before: RoleDraft): boolean =>
  draft.name.trim() !== before.name ||
  draft.nameEn.trim() !== before.nameEn ||
  !sameSet(draft.permissions, before.permissions) ||
  !sameSet(draft.includedIds, before.includedIds);
