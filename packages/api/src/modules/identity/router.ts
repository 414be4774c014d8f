import { z } from "zod";
import { allow, open, router, signedIn } from "../../trpc/init";
import { nothingInput, passkeyRequest } from "../factor/contract";
import {
  acceptedView,
  accessTokenView,
  accountIdInput,
  accountPage,
  accountReadyView,
  accountRowView,
  accountView,
  apiClientView,
  assignRoleInput,
  challengeInput,
  changedPasswordView,
  changePasswordInput,
  completeLogInInput,
  confirmedView,
  confirmPasskeyInput,
  confirmPasswordInput,
  createAccountInput,
  createApiClientInput,
  createdApiClientView,
  createdPersonalTokenView,
  createPersonalTokenInput,
  createRoleInput,
  decideRoleChangeInput,
  deletedAccountView,
  deletedRoleView,
  deleteOwnAccountInput,
  deleteRoleInput,
  endedSessionsView,
  endSessionsInput,
  explainRightsInput,
  forgotPasswordInput,
  invitationIdInput,
  invitationPage,
  invitationView,
  inviteInput,
  issuedTokenView,
  issueTokenInput,
  linkInput,
  linkView,
  listAccountsInput,
  listInvitationsInput,
  listRoleHoldersInput,
  logInInput,
  mailStateView,
  permissionView,
  personalTokenListView,
  previewRoleChangeInput,
  refreshInput,
  registerInput,
  registrationView,
  requestRegistrationInput,
  resetPasswordInput,
  rightsView,
  roleChangeOutcome,
  roleChangeView,
  roleDecisionView,
  roleHolderPage,
  rolePreview,
  roleView,
  sessionIdInput,
  sessionView,
  setFactorRuleInput,
  setRegistrationInput,
  signedOutView,
  tokenIdInput,
  tokenPairView,
  tokenStateView,
  unassignRoleInput,
  updateAccountInput,
  updateProfileInput,
  updateRoleInput,
  verifyTokenInput,
} from "./contract";
import { me, updateProfile } from "./service/account";
import { createAccount, deleteAccount, listAccounts, signOutAccount, updateAccount } from "./service/accounts";
import { assignRole, listRoleHolders, unassignRole } from "./service/assignments";
import { changePassword } from "./service/change-password";
import { createApiClient, issueToken, listApiClients, revokeApiClient } from "./service/client-credentials";
import { deleteOwnAccount } from "./service/close-account";
import { setFactorRule } from "./service/factor-rule";
import { getRegistration, invite, listInvitations, setRegistration, withdrawInvitation } from "./service/invitations";
import { readLink } from "./service/links";
import { listSessions, revokeSession, revokeSessions } from "./service/own-sessions";
import { createPersonalToken, listPersonalTokens, revokePersonalToken } from "./service/personal-tokens";
import { confirmPasskey, confirmPassword, startConfirmation } from "./service/recent-proof";
import { refresh } from "./service/refresh";
import { register, requestRegistration } from "./service/register";
import { forgotPassword, resetPassword } from "./service/reset-password";
import { explainRights } from "./service/rights";
import { decideRoleChange, listRoleChanges } from "./service/role-changes";
import { previewRoleChange } from "./service/role-preview";
import { createRole, deleteRole, listPermissions, listRoles, updateRole } from "./service/roles";
import { startPasskeySignIn } from "./service/second-factor";
import { signOut } from "./service/sessions";
import { completeLogIn, logIn } from "./service/sign-in";
import { verifyToken } from "./service/tokens";
import { getMailState, requestMailVerification, verifyMail } from "./service/verify-mail";

export const identityRouter = router({
  me: signedIn({ method: "GET", path: "/users/me", summary: "The account that the token belongs to", isForTokens: true, isForSetup: true })
    .output(accountView)
    .query(({ ctx }) => me(ctx)),
  updateProfile: signedIn({ method: "PUT", path: "/users/me", summary: "Change what you say of yourself, and what you see Maru in" })
    .input(updateProfileInput)
    .output(accountView)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
  logIn: open({ method: "POST", path: "/auth/login", summary: "Sign in with a user name or a mail address" })
    .input(logInInput)
    .output(accessTokenView)
    .mutation(({ ctx, input }) => logIn(ctx, input, ctx.origin)),
  completeLogIn: open({ method: "POST", path: "/auth/second-factor", summary: "Complete a sign-in with the code of the second factor" })
    .input(completeLogInInput)
    .output(accessTokenView)
    .mutation(({ ctx, input }) => completeLogIn(ctx, input, ctx.origin)),
  startPasskeySignIn: open()
    .input(challengeInput)
    .output(passkeyRequest)
    .mutation(({ ctx, input }) => startPasskeySignIn(ctx, input, ctx.origin)),
  confirmPassword: signedIn({
    method: "POST",
    path: "/auth/confirm-password",
    summary: "Give the password again, for what is sensitive",
    isForSetup: true,
  })
    .input(confirmPasswordInput)
    .output(confirmedView)
    .mutation(({ ctx, input }) => confirmPassword(ctx, input, ctx.origin)),
  startConfirmation: signedIn({ isForSetup: true })
    .input(nothingInput)
    .output(passkeyRequest)
    .mutation(({ ctx }) => startConfirmation(ctx)),
  confirmPasskey: signedIn({ isForSetup: true })
    .input(confirmPasskeyInput)
    .output(confirmedView)
    .mutation(({ ctx, input }) => confirmPasskey(ctx, input)),
  setFactorRule: allow("identity.manage-roles", { isSensitive: true })
    .input(setFactorRuleInput)
    .output(deletedRoleView)
    .mutation(({ ctx, input }) => setFactorRule(ctx, input)),
  signOut: signedIn({ method: "POST", path: "/auth/logout", summary: "End the session of the token", isForSetup: true })
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
  forgotPassword: open({
    method: "POST",
    path: "/auth/forgot-password",
    summary: "Ask for a mail to choose a new password; the answer is the same for a name that nobody has",
    isAccepted: true,
  })
    .input(forgotPasswordInput)
    .output(acceptedView)
    .mutation(({ ctx, input }) => forgotPassword(ctx, input, ctx.origin)),
  resetPassword: open({ method: "POST", path: "/auth/reset-password", summary: "Choose a new password with the token of a mail" })
    .input(resetPasswordInput)
    .output(accountReadyView)
    .mutation(({ ctx, input }) => resetPassword(ctx, input, ctx.origin)),
  readLink: open()
    .input(linkInput)
    .output(linkView)
    .mutation(({ ctx, input }) => readLink(ctx, input, ctx.origin)),
  getMailState: signedIn()
    .input(z.strictObject({}))
    .output(mailStateView)
    .query(({ ctx }) => getMailState(ctx)),
  requestMailVerification: signedIn()
    .input(z.strictObject({}))
    .output(acceptedView)
    .mutation(({ ctx }) => requestMailVerification(ctx, ctx.origin)),
  verifyMail: open({ method: "POST", path: "/auth/verify-email", summary: "Verify a mail address with the token of a mail" })
    .input(linkInput)
    .output(mailStateView)
    .mutation(({ ctx, input }) => verifyMail(ctx, input, ctx.origin)),
  getRegistration: open()
    .input(z.strictObject({}))
    .output(registrationView)
    .query(({ ctx }) => getRegistration(ctx)),
  setRegistration: allow("identity.manage-accounts")
    .input(setRegistrationInput)
    .output(registrationView)
    .mutation(({ ctx, input }) => setRegistration(ctx, input)),
  requestRegistration: open({
    method: "POST",
    path: "/auth/request-registration",
    summary: "Ask for a mail to make an account, where everybody may",
    isAccepted: true,
  })
    .input(requestRegistrationInput)
    .output(acceptedView)
    .mutation(({ ctx, input }) => requestRegistration(ctx, input, ctx.origin)),
  register: open({ method: "POST", path: "/auth/register", summary: "Make an account with the token of a mail" })
    .input(registerInput)
    .output(accountReadyView)
    .mutation(({ ctx, input }) => register(ctx, input, ctx.origin)),
  listInvitations: allow("identity.manage-accounts")
    .input(listInvitationsInput)
    .output(invitationPage)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  invite: allow("identity.manage-accounts")
    .input(inviteInput)
    .output(invitationView)
    .mutation(({ ctx, input }) => invite(ctx, input)),
  withdrawInvitation: allow("identity.manage-accounts")
    .input(invitationIdInput)
    .output(signedOutView)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),
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
  createPersonalToken: signedIn({
    method: "POST",
    path: "/users/me/tokens",
    summary: "Make a personal access token; it is told once",
    isSensitive: true,
  })
    .input(createPersonalTokenInput)
    .output(createdPersonalTokenView)
    .mutation(({ ctx, input }) => createPersonalToken(ctx, input)),
  revokePersonalToken: signedIn({ method: "DELETE", path: "/users/me/tokens/{id}", summary: "Revoke a personal access token" })
    .input(tokenIdInput)
    .output(signedOutView)
    .mutation(({ ctx, input }) => revokePersonalToken(ctx, input)),
  changePassword: signedIn({
    method: "POST",
    path: "/auth/change-password",
    summary: "Change your password; ends every other session, and gives new tokens for this one",
  })
    .input(changePasswordInput)
    .output(changedPasswordView)
    .mutation(({ ctx, input }) => changePassword(ctx, input, ctx.origin)),
  deleteOwnAccount: signedIn({ method: "DELETE", path: "/users/me", summary: "Delete your account; 14 days later it is erased" })
    .input(deleteOwnAccountInput)
    .output(deletedAccountView)
    .mutation(({ ctx, input }) => deleteOwnAccount(ctx, input, ctx.origin)),
  listAccounts: allow("identity.manage-accounts", {
    method: "GET",
    path: "/admin/users",
    summary: "The accounts, by the names of their people",
  })
    .input(listAccountsInput)
    .output(accountPage)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  createAccount: allow("identity.manage-accounts", {
    method: "POST",
    path: "/admin/users",
    summary: "Give a person an account, somebody known or somebody new",
  })
    .input(createAccountInput)
    .output(accountRowView)
    .mutation(({ ctx, input }) => createAccount(ctx, input)),
  updateAccount: allow("identity.manage-accounts", { method: "PUT", path: "/admin/users/{id}", summary: "Disable an account or enable it" })
    .input(updateAccountInput)
    .output(accountRowView)
    .mutation(({ ctx, input }) => updateAccount(ctx, input)),
  deleteAccount: allow("identity.manage-accounts", {
    method: "DELETE",
    path: "/admin/users/{id}",
    summary: "Delete an account; 14 days later it is erased",
  })
    .input(accountIdInput)
    .output(deletedAccountView)
    .mutation(({ ctx, input }) => deleteAccount(ctx, input)),
  signOutAccount: allow("identity.manage-accounts")
    .input(accountIdInput)
    .output(endedSessionsView)
    .mutation(({ ctx, input }) => signOutAccount(ctx, input)),
  listApiClients: allow("identity.manage-accounts", { method: "GET", path: "/admin/api-clients", summary: "The API clients" })
    .output(z.array(apiClientView))
    .query(({ ctx }) => listApiClients(ctx)),
  createApiClient: allow("identity.manage-accounts", {
    method: "POST",
    path: "/admin/api-clients",
    summary: "Register an API client; its secret is told once",
    isSensitive: true,
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
  createRole: allow("identity.manage-roles", { isSensitive: true })
    .input(createRoleInput)
    .output(roleView)
    .mutation(({ ctx, input }) => createRole(ctx, input)),
  updateRole: allow("identity.manage-roles", { isSensitive: true })
    .input(updateRoleInput)
    .output(roleView)
    .mutation(({ ctx, input }) => updateRole(ctx, input)),
  deleteRole: allow("identity.manage-roles", { isSensitive: true })
    .input(deleteRoleInput)
    .output(deletedRoleView)
    .mutation(({ ctx, input }) => deleteRole(ctx, input)),
  assignRole: allow("identity.manage-roles", { isSensitive: true })
    .input(assignRoleInput)
    .output(roleChangeOutcome)
    .mutation(({ ctx, input }) => assignRole(ctx, input)),
  unassignRole: allow("identity.manage-roles", { isSensitive: true })
    .input(unassignRoleInput)
    .output(roleChangeOutcome)
    .mutation(({ ctx, input }) => unassignRole(ctx, input)),
  decideRoleChange: allow("identity.manage-roles", { isSensitive: true })
    .input(decideRoleChangeInput)
    .output(roleDecisionView)
    .mutation(({ ctx, input }) => decideRoleChange(ctx, input)),
});
