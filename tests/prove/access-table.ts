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
const noNotice = "notification.notificationNotFound";
const noRole = "identity.roleNotFound";
const noPosting = "board.postingNotAllowed";
const noSession = "identity.sessionNotFound";
const noToken = "identity.tokenNotFound";
const noClient = "identity.clientNotFound";
const noScope = "identity.scopeNotHeld";

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
  "directory.getPerson": [everyone("other"), ["missing", signIn, noPerson, noPerson, noPerson, noPerson]],
  "directory.listDepartments": [everyone("any")],

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
  "identity.setPreferences": [everyone("any")],
  "identity.logIn": [["any", ok, ok, ok, ok, ok]],
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
};

/** Who is known to nobody any more: for them everything is as for a stranger. */
export const ENDED = ["disabled account", "resigned person", "expired session", "ended session"] as const;
