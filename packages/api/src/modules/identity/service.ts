/** The door of identity for doors, jobs and other modules; each use case has its file in `service/`. */
export { ACTOR_HINT, findActorForPerson, GUEST_ACTOR } from "./service/actors";
export { findSessionFacts } from "./service/own-sessions";
export { keepAdministrator } from "./service/rights-desk";
export { findRoleChangeFacts } from "./service/role-changes";
export { syncBuiltInRoles } from "./service/roles";
export { endSession, listOpenSessions, SESSION_HINT, type SignedIn } from "./service/sessions";
export { signIn } from "./service/sign-in";
export { type Authenticated, authenticateToken } from "./service/tokens";
