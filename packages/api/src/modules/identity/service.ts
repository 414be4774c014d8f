/** The door of identity for doors, jobs and other modules; each use case has its file in `service/`. */
export { ACTOR_HINT, findActorForPerson, GUEST_ACTOR } from "./service/actors";
export { syncBuiltInRoles } from "./service/roles";
export {
  type Authenticated,
  authenticateToken,
  endSession,
  listOpenSessions,
  SESSION_HINT,
  type SignedIn,
} from "./service/sessions";
export { signIn } from "./service/sign-in";
