import { z } from "zod";
import { allow, open, router, signedIn } from "../../trpc/init";
import {
  accessTokenView,
  accountView,
  apiClientView,
  assignRoleInput,
  createApiClientInput,
  createdApiClientView,
  createdPersonalTokenView,
  createPersonalTokenInput,
  createRoleInput,
  decideRoleChangeInput,
  deletedRoleView,
  deleteRoleInput,
  endedSessionsView,
  endSessionsInput,
  explainRightsInput,
  issuedTokenView,
  issueTokenInput,
  listRoleHoldersInput,
  logInInput,
  permissionView,
  personalTokenListView,
  previewRoleChangeInput,
  refreshInput,
  rightsView,
  roleChangeOutcome,
  roleChangeView,
  roleDecisionView,
  roleHolderPage,
  rolePreview,
  roleView,
  sessionIdInput,
  sessionView,
  setPreferencesInput,
  signedOutView,
  tokenIdInput,
  tokenPairView,
  tokenStateView,
  unassignRoleInput,
  updateRoleInput,
  verifyTokenInput,
} from "./contract";
import { me, setPreferences } from "./service/account";
import { assignRole, listRoleHolders, unassignRole } from "./service/assignments";
import { createApiClient, issueToken, listApiClients, revokeApiClient } from "./service/client-credentials";
import { listSessions, revokeSession, revokeSessions } from "./service/own-sessions";
import { createPersonalToken, listPersonalTokens, revokePersonalToken } from "./service/personal-tokens";
import { refresh } from "./service/refresh";
import { explainRights } from "./service/rights";
import { decideRoleChange, listRoleChanges } from "./service/role-changes";
import { previewRoleChange } from "./service/role-preview";
import { createRole, deleteRole, listPermissions, listRoles, updateRole } from "./service/roles";
import { signOut } from "./service/sessions";
import { logIn } from "./service/sign-in";
import { verifyToken } from "./service/tokens";

export const identityRouter = router({
  me: signedIn({ method: "GET", path: "/users/me", summary: "The account that the token belongs to", isForTokens: true })
    .output(accountView)
    .query(({ ctx }) => me(ctx)),
  setPreferences: signedIn({ method: "PUT", path: "/users/me", summary: "Change language and colours" })
    .input(setPreferencesInput)
    .output(accountView)
    .mutation(({ ctx, input }) => setPreferences(ctx, input)),
  logIn: open({ method: "POST", path: "/auth/login", summary: "Sign in with a user name or a mail address" })
    .input(logInInput)
    .output(accessTokenView)
    .mutation(({ ctx, input }) => logIn(ctx, input, ctx.origin)),
  signOut: signedIn({ method: "POST", path: "/auth/logout", summary: "End the session of the token" })
    .output(signedOutView)
    .mutation(({ ctx }) => signOut(ctx)),
  refresh: open({ method: "POST", path: "/auth/refresh", summary: "Get the next access token and the next refresh token" })
    .input(refreshInput)
    .output(tokenPairView)
    .mutation(({ ctx, input }) => refresh(ctx, input, ctx.origin)),
  verifyToken: open({ method: "POST", path: "/auth/verify-token", summary: "Whether a token is good, until when, and what it may do" })
    .input(verifyTokenInput)
    .output(tokenStateView)
    .mutation(({ ctx, input }) => verifyToken(ctx, input, ctx.origin)),
  issueToken: open({ method: "POST", path: "/auth/token", summary: "Get an access token for an API client (OAuth 2.0 client credentials)" })
    .input(issueTokenInput)
    .output(issuedTokenView)
    .mutation(({ ctx, input }) => issueToken(ctx, input, ctx.origin)),
  listSessions: signedIn({ method: "GET", path: "/users/me/sessions", summary: "Where you are signed in" })
    .output(z.array(sessionView))
    .query(({ ctx }) => listSessions(ctx)),
  revokeSession: signedIn({ method: "DELETE", path: "/users/me/sessions/{id}", summary: "End one of your sessions" })
    .input(sessionIdInput)
    .output(signedOutView)
    .mutation(({ ctx, input }) => revokeSession(ctx, input)),
  revokeSessions: signedIn()
    .input(endSessionsInput)
    .output(endedSessionsView)
    .mutation(({ ctx, input }) => revokeSessions(ctx, input)),
  listPersonalTokens: signedIn({ method: "GET", path: "/users/me/tokens", summary: "Your personal access tokens" })
    .output(personalTokenListView)
    .query(({ ctx }) => listPersonalTokens(ctx)),
  createPersonalToken: signedIn({ method: "POST", path: "/users/me/tokens", summary: "Make a personal access token; it is told once" })
    .input(createPersonalTokenInput)
    .output(createdPersonalTokenView)
    .mutation(({ ctx, input }) => createPersonalToken(ctx, input)),
  revokePersonalToken: signedIn({ method: "DELETE", path: "/users/me/tokens/{id}", summary: "Revoke a personal access token" })
    .input(tokenIdInput)
    .output(signedOutView)
    .mutation(({ ctx, input }) => revokePersonalToken(ctx, input)),
  listApiClients: allow("identity.manage-accounts", { method: "GET", path: "/admin/api-clients", summary: "The API clients" })
    .output(z.array(apiClientView))
    .query(({ ctx }) => listApiClients(ctx)),
  createApiClient: allow("identity.manage-accounts", {
    method: "POST",
    path: "/admin/api-clients",
    summary: "Register an API client; its secret is told once",
  })
    .input(createApiClientInput)
    .output(createdApiClientView)
    .mutation(({ ctx, input }) => createApiClient(ctx, input)),
  revokeApiClient: allow("identity.manage-accounts", {
    method: "DELETE",
    path: "/admin/api-clients/{id}",
    summary: "Revoke an API client and its tokens",
  })
    .input(tokenIdInput)
    .output(signedOutView)
    .mutation(({ ctx, input }) => revokeApiClient(ctx, input)),
  listPermissions: allow("identity.read-rights")
    .input(z.strictObject({}))
    .output(z.array(permissionView))
    .query(() => listPermissions()),
  listRoles: allow("identity.read-rights")
    .input(z.strictObject({}))
    .output(z.array(roleView))
    .query(({ ctx }) => listRoles(ctx)),
  listRoleHolders: allow("identity.read-rights")
    .input(listRoleHoldersInput)
    .output(roleHolderPage)
    .query(({ ctx, input }) => listRoleHolders(ctx, input)),
  listRoleChanges: allow("identity.read-rights")
    .input(z.strictObject({}))
    .output(z.array(roleChangeView))
    .query(({ ctx }) => listRoleChanges(ctx)),
  explainRights: allow("identity.read-rights")
    .input(explainRightsInput)
    .output(rightsView)
    .query(({ ctx, input }) => explainRights(ctx, input)),
  previewRoleChange: allow("identity.manage-roles")
    .input(previewRoleChangeInput)
    .output(rolePreview)
    .query(({ ctx, input }) => previewRoleChange(ctx, input)),
  createRole: allow("identity.manage-roles")
    .input(createRoleInput)
    .output(roleView)
    .mutation(({ ctx, input }) => createRole(ctx, input)),
  updateRole: allow("identity.manage-roles")
    .input(updateRoleInput)
    .output(roleView)
    .mutation(({ ctx, input }) => updateRole(ctx, input)),
  deleteRole: allow("identity.manage-roles")
    .input(deleteRoleInput)
    .output(deletedRoleView)
    .mutation(({ ctx, input }) => deleteRole(ctx, input)),
  assignRole: allow("identity.manage-roles")
    .input(assignRoleInput)
    .output(roleChangeOutcome)
    .mutation(({ ctx, input }) => assignRole(ctx, input)),
  unassignRole: allow("identity.manage-roles")
    .input(unassignRoleInput)
    .output(roleChangeOutcome)
    .mutation(({ ctx, input }) => unassignRole(ctx, input)),
  decideRoleChange: allow("identity.manage-roles")
    .input(decideRoleChangeInput)
    .output(roleDecisionView)
    .mutation(({ ctx, input }) => decideRoleChange(ctx, input)),
});
