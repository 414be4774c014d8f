import { SYNC_ACCESS } from "./access-table-sync";

/**
 * Who may do what, written by hand from the rules of security.md, ARCHITECTURE.md and each module's contract. Nothing here is read from the
 * code that it judges: a guard that somebody removes, or a procedure that nobody thought about, stands against this page.
 *
 * A row is one record on which a procedure is tried, and the answer for each kind of person: a stranger, a guest (손님), a member of the
 * development department, the administrator of that department, the system administrator. `ok` is done, everything else the code of the
 * refusal. What somebody may not know of is not found.
 */
export type Answers = readonly [stranger: string, guest: string, member: string, departmentAdmin: string, admin: string];
export type AccessRow = readonly [record: string, ...answers: Answers];

export const KINDS_OF_PEOPLE = ["stranger", "guest", "member", "departmentAdmin", "admin"] as const;
export type KindOfPerson = (typeof KINDS_OF_PEOPLE)[number];

const ok = "done";
const signIn = "common.signInRequired";
const no = "common.forbidden";
const notYours = "board.notYours";
const noBoard = "board.boardNotFound";
const noPost = "board.postNotFound";
const noComment = "board.commentNotFound";
const noFile = "files.fileNotFound";
const noPerson = "directory.personNotFound";
const noDepartment = "directory.departmentNotFound";
const notYourAbsence = "directory.absenceNotYours";
const noNotice = "notification.notificationNotFound";
const noRole = "identity.roleNotFound";
const noPosting = "board.postingNotAllowed";
const noSession = "identity.sessionNotFound";
const noToken = "identity.tokenNotFound";
const noClient = "identity.clientNotFound";
const noMail = "identity.mailMissing";
const noScope = "identity.scopeNotHeld";
const noAccount = "identity.accountNotFound";
const wrongPassword = "identity.passwordWrong";
const noChallenge = "identity.challengeEnded";
const noPasskey = "factor.passkeyNotFound";
const noProvider = "federation.providerNotFound";
const noIdentity = "federation.identityNotFound";
const noPasskeys = "factor.passkeysUnavailable";

/** The same refusal for everybody who has signed in. */
const everywhere = (refusal: string): [string, string, string, string] => [refusal, refusal, refusal, refusal];

const noLink = "identity.linkRefused";
const badLink: AccessRow = ["missing", noLink, noLink, noLink, noLink, noLink];

/** Everybody who has signed in. */
const everyone = (record: string): AccessRow => [record, signIn, ok, ok, ok, ok];
/** The system administrator alone. */
const administrators = (record: string): AccessRow => [record, signIn, no, no, no, ok];

// Boards and what stands on them. "open" belongs to nobody and so to all; "development" is of the department in which the member works and
// which the administrator manages; "sales" is of another one; "missing" never was.
const readable = (notFound: string): readonly AccessRow[] => [
  ["open", signIn, ok, ok, ok, ok],
  ["development", signIn, notFound, ok, ok, ok],
  ["sales", signIn, notFound, notFound, notFound, ok],
  ["missing", signIn, notFound, notFound, notFound, notFound],
];
const writable = (notFound: string): readonly AccessRow[] => [
  ["open", signIn, no, ok, ok, ok],
  ["development", signIn, no, ok, ok, ok],
  ["sales", signIn, no, notFound, notFound, ok],
  ["missing", signIn, no, notFound, notFound, notFound],
];
/** One's own, and what somebody else has written: whoever keeps order on a board may change it too. */
const moderated = (notFound: string): readonly AccessRow[] => [
  ["own", signIn, no, ok, ok, ok],
  ["open", signIn, no, notYours, notYours, ok],
  ["development", signIn, no, notYours, ok, ok],
  ["sales", signIn, no, notFound, notFound, ok],
  ["missing", signIn, no, notFound, notFound, notFound],
];

/** A record that the system administrator alone finds. */
const managed = (notFound: string): readonly AccessRow[] => [administrators("other"), ["missing", signIn, no, no, no, notFound]];

const absent = (notFound: string): readonly AccessRow[] => [
  everyone("own"),
  everyone("assisted"),
  ["other", signIn, notYourAbsence, notYourAbsence, notYourAbsence, ok],
  ["missing", signIn, ...everywhere(notFound)],
];

export const ACCESS_TABLE: Readonly<Record<string, readonly AccessRow[]>> = {
  "board.listBoards": [everyone("any")],
  "board.getBoard": readable(noBoard),
  "board.listPosts": readable(noBoard),
  "board.listRecentPosts": [everyone("any")],
  "board.getPost": readable(noPost),
  "board.markPostRead": readable(noPost),
  "board.setPostLike": readable(noPost),
  "board.listComments": readable(noPost),
  "board.publishPost": [
    ...writable(noBoard),
    // On these only moderators write.
    ["openNotices", signIn, no, noPosting, noPosting, ok],
    ["developmentNotices", signIn, no, noPosting, ok, ok],
  ],
  "board.editPost": moderated(noPost),
  "board.deletePost": moderated(noPost),
  "board.restorePost": [
    ["own", signIn, no, ok, ok, ok],
    // What a moderator took away, its author can't put back; others don't learn that it ever was.
    ["ownTakenAway", signIn, no, notYours, notYours, ok],
    ["open", signIn, no, noPost, noPost, ok],
    ["development", signIn, no, noPost, ok, ok],
    ["sales", signIn, no, noPost, noPost, ok],
    ["missing", signIn, no, noPost, noPost, noPost],
  ],
  "board.listTrash": writable(noBoard),
  "board.addComment": writable(noPost),
  "board.editComment": [
    // Nobody changes the words of somebody else.
    ["own", signIn, no, ok, ok, ok],
    ["open", signIn, no, notYours, notYours, notYours],
    ["development", signIn, no, notYours, notYours, notYours],
    ["sales", signIn, no, noComment, noComment, notYours],
    ["missing", signIn, no, noComment, noComment, noComment],
  ],
  "board.deleteComment": moderated(noComment),
  "board.saveDraft": writable(noBoard),
  "board.findDraft": writable(noBoard),
  // Only one's own drafts are thrown away, wherever they are.
  "board.discardDraft": [
    ["open", signIn, no, ok, ok, ok],
    ["missing", signIn, no, ok, ok, ok],
  ],

  // Who did what is for those who look after the whole installation.
  "audit.listEntries": [["any", signIn, no, no, no, ok]],
  "audit.getEntry": [
    ["any", signIn, no, no, no, ok],
    ["missing", signIn, no, no, no, "audit.entryNotFound"],
  ],
  "audit.getState": [["any", signIn, no, no, no, ok]],
  "audit.exportEntries": [["any", signIn, no, no, no, ok]],
  "audit.requestVerification": [["any", signIn, no, no, no, ok]],

  "directory.listPeople": [everyone("any")],
  "directory.searchPeople": [everyone("any")],
  "search.employees": [everyone("any")],
  "search.departments": [everyone("any")],
  "search.autocomplete": [everyone("any")],
  "directory.getPerson": [everyone("other"), ["missing", signIn, noPerson, noPerson, noPerson, noPerson]],
  "directory.listDepartments": [everyone("any")],
  "directory.listOrgChart": [everyone("any")],
  "directory.getDepartment": [everyone("sales"), ["missing", signIn, ...everywhere(noDepartment)]],
  "directory.listMembers": [everyone("sales"), ["missing", signIn, ...everywhere(noDepartment)]],
  "directory.listAbsences": [everyone("any")],
  // The person herself, her assistant, and whoever looks after absences.
  "directory.setAbsence": [
    ...absent("directory.personNotFound"),
    // One's own name does not make the absence of somebody else one's own.
    ["ofOthers", signIn, ...everywhere("directory.absenceNotFound")],
  ],
  "directory.cancelAbsence": absent("directory.absenceNotFound"),
  // An assistant does not choose who follows her.
  "directory.setAssistant": [
    everyone("own"),
    ["assisted", signIn, notYourAbsence, notYourAbsence, notYourAbsence, ok],
    ["other", signIn, notYourAbsence, notYourAbsence, notYourAbsence, ok],
    ["missing", signIn, ...everywhere(noPerson)],
  ],
  "directory.listFavourites": [everyone("any")],
  "directory.setFavourite": [everyone("person"), everyone("department"), ["missing", signIn, ...everywhere(noPerson)]],
  "directory.listRecent": [everyone("any")],
  // The organisation itself: whoever manages the directory, and of the built-in roles that is the highest alone.
  "directory.listPeopleForAdmin": [administrators("any")],
  "directory.getPersonForAdmin": managed(noPerson),
  "directory.savePerson": [administrators("new"), ...managed(noPerson)],
  "directory.previewTransition": managed(noPerson),
  "directory.requestTransition": managed(noPerson),
  "directory.cancelTransition": managed("directory.transitionNotFound"),
  "directory.listStandings": [administrators("any")],
  "directory.saveStanding": managed("directory.standingNotFound"),
  "directory.orderStandings": [administrators("any")],
  "directory.removeStanding": managed("directory.standingNotFound"),
  "directory.listReorganisations": [administrators("any")],
  "directory.getReorganisation": managed("directory.reorganisationNotFound"),
  "directory.previewReorganisation": [administrators("any")],
  "directory.saveReorganisation": managed("directory.reorganisationNotFound"),
  "directory.applyReorganisation": managed("directory.reorganisationNotFound"),
  "directory.cancelReorganisation": managed("directory.reorganisationNotFound"),
  "directory.noteSeen": [everyone("person"), ["missing", signIn, ...everywhere(noPerson)]],

  "files.getFile": [
    everyone("own"),
    // A file that is attached to nothing is its owner's alone; no role opens it.
    ["othersUnattached", signIn, noFile, noFile, noFile, noFile],
    ["open", signIn, ok, ok, ok, ok],
    ["development", signIn, noFile, ok, ok, ok],
    ["sales", signIn, noFile, noFile, noFile, ok],
    ["trashed", signIn, noFile, noFile, noFile, noFile],
    ["missing", signIn, noFile, noFile, noFile, noFile],
  ],
  "factor.listFactors": [everyone("any")],
  "factor.startGenerator": [everyone("any")],
  "factor.confirmGenerator": [["any", signIn, ...everywhere("factor.codeRefused")]],
  "factor.removeGenerator": [everyone("own"), ["missing", signIn, ...everywhere("factor.generatorNotFound")]],
  "factor.startPasskey": [["any", signIn, ...everywhere(noPasskeys)]],
  "factor.addPasskey": [["any", signIn, ...everywhere("factor.passkeyRefused")]],
  "factor.renamePasskey": [everyone("own"), ["others", signIn, ...everywhere(noPasskey)], ["missing", signIn, ...everywhere(noPasskey)]],
  "factor.removePasskey": [everyone("own"), ["others", signIn, ...everywhere(noPasskey)], ["missing", signIn, ...everywhere(noPasskey)]],
  "factor.regenerateRecoveryCodes": [everyone("own"), ["missing", signIn, ...everywhere("factor.factorMissing")]],
  // Open to whoever stands before the door; it leads away to the provider and changes nothing here.
  "federation.listProviders": [["any", ok, ok, ok, ok, ok]],
  "federation.startExternalSignIn": [
    ["configured", ok, ok, ok, ok, ok],
    ["other", noProvider, ...everywhere(noProvider)],
  ],
  "federation.listIdentities": [everyone("any")],
  "federation.startLink": [everyone("configured"), ["other", signIn, ...everywhere(noProvider)]],
  // An identity is its owner's alone; no role opens it.
  "federation.unlinkIdentity": [
    everyone("own"),
    ["only", signIn, ...everywhere("federation.lastWayIn")],
    ["others", signIn, ...everywhere(noIdentity)],
    ["missing", signIn, ...everywhere(noIdentity)],
  ],
  "files.setOwnPhoto": [
    // A picture that was made small already, which she has uploaded and attached to nothing.
    everyone("own"),
    everyone("none"),
    [
      "othersUnattached",
      signIn,
      "files.fileNotAttachable",
      "files.fileNotAttachable",
      "files.fileNotAttachable",
      "files.fileNotAttachable",
    ],
    ["missing", signIn, "files.fileNotAttachable", "files.fileNotAttachable", "files.fileNotAttachable", "files.fileNotAttachable"],
  ],
  "files.deleteFile": [
    everyone("own"),
    ["othersUnattached", signIn, noFile, noFile, noFile, noFile],
    ["open", signIn, "files.fileAttached", "files.fileAttached", "files.fileAttached", "files.fileAttached"],
    ["sales", signIn, noFile, noFile, noFile, "files.fileAttached"],
    ["missing", signIn, noFile, noFile, noFile, noFile],
  ],

  "identity.listPermissions": [administrators("any")],
  "identity.listRoles": [administrators("any")],
  "identity.listRoleChanges": [administrators("any")],
  "identity.listRoleHolders": [administrators("own"), ["missing", signIn, no, no, no, noRole]],
  "identity.explainRights": [administrators("other"), ["missing", signIn, no, no, no, noPerson]],
  "identity.previewRoleChange": [
    administrators("own"),
    ["builtIn", signIn, no, no, no, "identity.roleBuiltIn"],
    ["missing", signIn, no, no, no, noRole],
  ],
  "identity.createRole": [administrators("any")],
  "identity.updateRole": [
    administrators("own"),
    // What came with the code is changed by nobody.
    ["builtIn", signIn, no, no, no, "identity.roleBuiltIn"],
    ["missing", signIn, no, no, no, noRole],
  ],
  "identity.deleteRole": [
    administrators("own"),
    ["builtIn", signIn, no, no, no, "identity.roleBuiltIn"],
    ["missing", signIn, no, no, no, noRole],
  ],
  "identity.assignRole": [administrators("own"), ["missing", signIn, no, no, no, noRole]],
  "identity.unassignRole": [
    administrators("own"),
    ["lastAdministrator", signIn, no, no, no, "identity.lastAdministrator"],
    ["missing", signIn, no, no, no, "identity.assignmentNotFound"],
  ],
  "identity.decideRoleChange": [
    administrators("asked"),
    // Nobody agrees with herself.
    ["askedByAdmin", signIn, no, no, no, "identity.secondAdministratorNeeded"],
    ["missing", signIn, no, no, no, "identity.roleChangeNotFound"],
  ],

  "identity.me": [everyone("any")],
  "identity.updateProfile": [everyone("any")],
  "identity.logIn": [["any", ok, ok, ok, ok, ok]],
  "identity.completeLogIn": [
    ["any", ok, ok, ok, ok, ok],
    ["missing", noChallenge, noChallenge, noChallenge, noChallenge, noChallenge],
  ],
  "identity.startPasskeySignIn": [["missing", noChallenge, noChallenge, noChallenge, noChallenge, noChallenge]],
  "identity.confirmPassword": [["any", signIn, wrongPassword, wrongPassword, wrongPassword, wrongPassword]],
  // The address of the test is no name, so no device is asked for a passkey.
  "identity.startConfirmation": [["any", signIn, noPasskeys, noPasskeys, noPasskeys, noPasskeys]],
  "identity.confirmPasskey": [["any", signIn, noPasskeys, noPasskeys, noPasskeys, noPasskeys]],
  "identity.setFactorRule": [administrators("own"), ["missing", signIn, no, no, no, noRole]],
  "identity.signOut": [everyone("any")],
  "identity.refresh": [["any", ok, ok, ok, ok, ok]],
  "identity.verifyToken": [["any", ok, ok, ok, ok, ok]],
  "identity.issueToken": [["any", ok, ok, ok, ok, ok]],
  // Sessions and tokens are their owner's alone; no role ends those of others here.
  "identity.listSessions": [everyone("any")],
  "identity.revokeSession": [
    everyone("own"),
    ["others", signIn, noSession, noSession, noSession, noSession],
    ["missing", signIn, noSession, noSession, noSession, noSession],
  ],
  "identity.revokeSessions": [everyone("any")],
  "identity.listPersonalTokens": [everyone("any")],
  // Nobody gives a token what she does not hold: the department's administrator moderates there, and so may her token.
  "identity.createPersonalToken": [everyone("board.read"), ["board.moderate", signIn, noScope, noScope, ok, ok]],
  "identity.revokePersonalToken": [
    everyone("own"),
    ["others", signIn, noToken, noToken, noToken, noToken],
    ["missing", signIn, noToken, noToken, noToken, noToken],
  ],
  // Whoever has signed in is asked for her password, and here nobody knows it; what the right one does ends the sessions of this table.
  "identity.changePassword": [["own", signIn, wrongPassword, wrongPassword, wrongPassword, wrongPassword]],
  "identity.deleteOwnAccount": [["own", signIn, wrongPassword, wrongPassword, wrongPassword, wrongPassword]],
  "identity.listAccounts": [administrators("any")],
  "identity.createAccount": [administrators("new"), ["member", signIn, no, no, no, "identity.personHasAccount"]],
  "identity.updateAccount": [
    administrators("other"),
    // Nobody locks herself out.
    ["own", signIn, no, no, no, "identity.ownAccount"],
    ["missing", signIn, no, no, no, noAccount],
  ],
  "identity.deleteAccount": [
    administrators("other"),
    ["own", signIn, no, no, no, "identity.ownAccount"],
    ["missing", signIn, no, no, no, noAccount],
  ],
  "identity.signOutAccount": [administrators("other"), ["missing", signIn, no, no, no, noAccount]],
  // A link asks for its token and for nothing else: whoever has the mail is whom it is for.
  "identity.forgotPassword": [["any", ok, ok, ok, ok, ok]],
  "identity.readLink": [["good", ok, ok, ok, ok, ok], badLink],
  "identity.resetPassword": [["good", ok, ok, ok, ok, ok], badLink],
  "identity.verifyMail": [["good", ok, ok, ok, ok, ok], badLink],
  "identity.getMailState": [everyone("any")],
  // The people of this table have no mail address.
  "identity.requestMailVerification": [["any", signIn, noMail, noMail, noMail, noMail]],
  "identity.getRegistration": [["any", ok, ok, ok, ok, ok]],
  "identity.setRegistration": [administrators("any")],
  "identity.requestRegistration": [["any", ok, ok, ok, ok, ok]],
  "identity.register": [["good", ok, ok, ok, ok, ok], badLink],
  "identity.listInvitations": [administrators("any")],
  "identity.invite": [administrators("new")],
  "identity.withdrawInvitation": [administrators("other"), ["missing", signIn, no, no, no, "identity.invitationNotFound"]],

  "mail.listMessages": [administrators("any")],
  "mail.openMessage": [administrators("other"), ["missing", signIn, no, no, no, "mail.messageNotFound"]],

  "identity.listApiClients": [["any", signIn, no, no, no, ok]],
  "identity.createApiClient": [
    ["service person", signIn, no, no, no, ok],
    // An account that somebody signs in with is that person's.
    ["member", signIn, no, no, no, "identity.notAServiceAccount"],
    ["missing", signIn, no, no, no, "identity.notAServiceAccount"],
  ],
  "identity.revokeApiClient": [
    ["any", signIn, no, no, no, ok],
    ["missing", signIn, no, no, no, noClient],
  ],

  "notification.listNotifications": [everyone("any")],
  "notification.getInbox": [everyone("any")],
  "notification.markSeen": [everyone("any")],
  "notification.markRead": [
    everyone("own"),
    // An inbox is its owner's alone; no role opens it.
    ["others", signIn, noNotice, noNotice, noNotice, noNotice],
    ["missing", signIn, noNotice, noNotice, noNotice, noNotice],
  ],
  "notification.markAllRead": [everyone("any")],
  "notification.stream": [everyone("any")],

  // The file with everything about a person and what she has agreed to are hers alone; how many have agreed is told to administrators.
  ...SYNC_ACCESS,

  "privacy.getExport": [everyone("own"), everyone("none")],
  "privacy.requestExport": [everyone("any")],
  "privacy.listConsents": [everyone("any")],
  "privacy.giveConsents": [
    everyone("newest"),
    ["replaced", signIn, ...everywhere("privacy.documentReplaced")],
    ["missing", signIn, ...everywhere("privacy.documentNotFound")],
  ],
  "privacy.withdrawConsent": [
    everyone("own"),
    ["others", signIn, ...everywhere("privacy.consentNotFound")],
    ["required", signIn, ...everywhere("privacy.consentRequired")],
    ["missing", signIn, ...everywhere("privacy.documentNotFound")],
  ],
  "privacy.listDocuments": [administrators("any")],
  "privacy.publishDocument": [administrators("newest"), ["replaced", signIn, no, no, no, "privacy.documentReplaced"]],
  "privacy.listErasures": [administrators("any")],
};

/** Who is known to nobody any more: for them everything is as for a stranger. */
export const ENDED = ["disabled account", "resigned person", "expired session", "ended session"] as const;
