/** The right to give rights. Whoever has it decides about everybody else's, so a role that holds it takes two administrators. */
export const RIGHT_OF_RIGHTS = "identity.manage-roles";

/** A system administrator who can sign in. */
export type Administrator = { readonly accountId: string; readonly personId: string };

/** A role that somebody shall get or lose. */
export type RoleChangeFacts = {
  readonly kind: "GRANT" | "TAKE";
  readonly accountId: string;
  /** The person who asked. */
  readonly requestedById: string;
};

const holdsAll = (held: ReadonlySet<string>, wanted: Iterable<string>): boolean => [...wanted].every((permission) => held.has(permission));

/** A department has no rights over rights: only what counts everywhere is protected. */
const isProtected = (permissions: ReadonlySet<string>, departmentId: string | null): boolean =>
  departmentId === null && permissions.has(RIGHT_OF_RIGHTS);

// Nobody agrees with herself. Who shall get a role doesn't agree to it either; who shall lose one may.
const second = (change: RoleChangeFacts, { accountId, personId }: Administrator): boolean =>
  personId !== change.requestedById && (change.kind === "TAKE" || accountId !== change.accountId);

/** What an actor may do with roles. `held` are her permissions as the database has them now. */
export const can = {
  changeRights: (held: ReadonlySet<string>): boolean => held.has(RIGHT_OF_RIGHTS),
  /** Nobody gives, takes or changes what is more than she holds herself: else the right to give rights would be every right. */
  handle: (held: ReadonlySet<string>, permissions: Iterable<string>): boolean => can.changeRights(held) && holdsAll(held, permissions),
  changeRole: (held: ReadonlySet<string>, role: { readonly isBuiltIn: boolean }, permissions: Iterable<string>): boolean =>
    !role.isBuiltIn && can.handle(held, permissions),
  /** Decides as the second of the two that a protected role takes. */
  approve: (change: RoleChangeFacts, personId: string, administrators: readonly Administrator[]): boolean =>
    administrators.some((one) => one.personId === personId && second(change, one)),
  /** Disables, deletes or opens an account again. Nobody does that to her own: she would lock herself out. */
  closeAccount: (actor: { readonly accountId: string | null }, accountId: string): boolean => actor.accountId !== accountId,
  /** Every administrator, and who asked: she takes it back. */
  refuse: (change: RoleChangeFacts, personId: string, administrators: readonly Administrator[]): boolean =>
    personId === change.requestedById || administrators.some((one) => one.personId === personId),
};

export const rules = {
  isProtected,
  /** The administrators who could be the second; where there is nobody, the first decides alone and the record says so. */
  secondsFor: (change: RoleChangeFacts, administrators: readonly Administrator[]): readonly Administrator[] =>
    administrators.filter((one) => second(change, one)),
  /** Whether somebody is left who can repair everything, once this account can't any more. */
  keepsAdministrator: (administrators: readonly Administrator[], lostAccountId: string): boolean =>
    rules.keepsSomebody(administrators, ({ accountId }) => accountId === lostAccountId),
  /** The same, once those are gone whom the predicate tells. */
  keepsSomebody: (administrators: readonly Administrator[], isLost: (one: Administrator) => boolean): boolean =>
    administrators.some((one) => !isLost(one)),
};
