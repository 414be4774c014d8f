/** The door of identity for doors, jobs and other modules; each use case has its file in `service/`. */
export { type AccountDisabler, type DisabledAccounts, disableAccounts, enableAccounts, listIndispensable } from "./service/account-blocks";
export { ACTOR_HINT, findActorForPerson, GUEST_ACTOR } from "./service/actors";
export { type DirectoryAccountRow, type SavedDirectoryAccounts, saveDirectoryAccounts } from "./service/directory-accounts";
export { findAccountFacts, listErasable, lockErasable } from "./service/erasable";
export { handOverAccount } from "./service/hand-over";
export { findSessionFacts } from "./service/own-sessions";
export { keepAdministrator, listAdministrators } from "./service/rights-desk";
export { findRoleChangeFacts } from "./service/role-changes";
export { syncBuiltInRoles } from "./service/roles";
export { endSession, listOpenSessions, SESSION_HINT, type SignedIn, type SignInOrigin } from "./service/sessions";
export { completeSignIn, signIn } from "./service/sign-in";
export { type SourcedRoles, type SourcedRolesRow, setSourcedRoles } from "./service/sourced-roles";
export { listSubjectNames, type SubjectName } from "./service/subject-names";
export { type Authenticated, authenticateToken } from "./service/tokens";
export { findVouchedAccount, hasPassword, signInVouched } from "./service/vouched";
