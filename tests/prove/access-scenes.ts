import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createFile } from "@maru/db/testing/factories/file";
import { createPerson } from "@maru/db/testing/factories/person";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { hashPassword } from "@maru/platform/crypto/password";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import { paragraphs } from "@maru/platform/rich-text";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { directoryScenes } from "./access-scenes-directory";
import { mailScenes } from "./access-scenes-mail";
import { organisationScenes } from "./access-scenes-organisation";
import { privacyScenes } from "./access-scenes-privacy";
import { syncScenes } from "./access-scenes-sync";
import { factorScenes } from "./factor-scenes";
import { federationScenes } from "./federation-scenes";

/** Under this name an input lists ids that stand in the database and must not stand in the answer. It is sent nowhere. */
export const HIDDEN = Symbol("hidden");
/** Under this name it tells whether what belongs to others still stands after the call. */
export const INTACT = Symbol("intact");
export type SceneInput = Readonly<Record<string, unknown>> & {
  readonly [HIDDEN]?: readonly string[];
  readonly [INTACT]?: () => Promise<boolean>;
};
/** Makes the record of a row anew, as this person would find it, and gives the input that names it. */
type Scene = (record: string, actor: Actor) => Promise<SceneInput>;

const PASSWORD = "a passphrase of the access table";
const body = paragraphs("본문");

/** The boards of the table, each as its name says. */
const createBoards = async ({ db, departments }: TestDoor) => ({
  open: await createBoard(db),
  development: await createBoard(db, { departmentId: departments.development }),
  sales: await createBoard(db, { departmentId: departments.sales }),
  openNotices: await createBoard(db, { postingBy: "MODERATORS" }),
  developmentNotices: await createBoard(db, { postingBy: "MODERATORS", departmentId: departments.development }),
});
type Boards = Awaited<ReturnType<typeof createBoards>>;

/** The board on which the record of a row stands: what is one's own stands on the open one. */
const boardOf = (boards: Boards, record: string): Boards["open"] => {
  const name = record === "own" || record === "ownTakenAway" || record === "trashed" ? "open" : record;
  if (!Object.hasOwn(boards, name)) throw new Error(`no board is called ${name}`);
  return boards[name as keyof Boards];
};

const boardScenes = (door: TestDoor, boards: Boards): Record<string, Scene> => {
  const { db, actors } = door;
  const authorId = (record: string, actor: Actor): string => (record.startsWith("own") ? actor.id : actors.other.id);
  const boardId = (record: string): string => (record === "missing" ? newId() : boardOf(boards, record).id);
  const post = async (record: string, actor: Actor, deletedById?: string): Promise<string> => {
    if (record === "missing") return newId();
    const deleted = deletedById ? { deletedAt: new Date(), deletedById } : {};
    return (await createPost(db, { boardId: boardOf(boards, record).id, authorId: authorId(record, actor), ...deleted })).id;
  };
  const comment = async (record: string, actor: Actor): Promise<string> => {
    if (record === "missing") return newId();
    return (await createComment(db, { postId: await post(record, actor), authorId: authorId(record, actor) })).id;
  };
  const onBoard: Scene = async (record) => ({ boardId: boardId(record) });
  const onPost: Scene = async (record, actor) => ({ id: await post(record, actor) });
  /** What somebody else was writing at the same place: neither shown nor thrown away. */
  const besideDraft = async (place: { boardId: string; postId?: string }) => {
    const [id, title] = [newId(), `남의 초안 ${newId()}`];
    const { id: personId } = await createPerson(db);
    await db.postDraft.create({ data: { id, personId, ...place, title, body: body as object, savedAt: new Date() } });
    return { [HIDDEN]: [title], [INTACT]: async () => (await db.postDraft.count({ where: { id } })) === 1 };
  };
  const onBoardBesideDraft: Scene = async (record) => ({ boardId: boardId(record), ...(await besideDraft({ boardId: boardId(record) })) });
  /** On a board like the one of the record, on which nobody has a draft but somebody else and, if so asked, this person. */
  const onFreshBoard = async (record: string, ownerId?: string): Promise<SceneInput> => {
    if (record === "missing") return { boardId: newId() };
    const { departmentId, postingBy } = boardOf(boards, record);
    const { id } = await createBoard(db, { departmentId, postingBy });
    const own = { id: newId(), personId: ownerId ?? "", boardId: id, title: "내 초안", body: body as object, savedAt: new Date() };
    if (ownerId) await db.postDraft.create({ data: own });
    return { boardId: id, ...(await besideDraft({ boardId: id })) };
  };
  const onTrash: Scene = async (record, actor) => {
    const place = boardId(record);
    if (record === "missing" || actor.permissions.has("board.moderate") || actor.managedDepartmentIds.length > 0) return { boardId: place };
    const deleted = { deletedAt: new Date(), deletedById: actors.other.id };
    return { boardId: place, [HIDDEN]: [(await createPost(db, { boardId: place, authorId: actors.other.id, ...deleted })).id] };
  };
  return {
    "board.listBoards": async () => ({}),
    "board.getBoard": async (record) => ({ slug: record === "missing" ? "missing" : boardOf(boards, record).slug }),
    "board.listPosts": onBoard,
    "board.listRecentPosts": async () => ({}),
    "board.getPost": onPost,
    "board.markPostRead": onPost,
    "board.setPostLike": async (record, actor) => ({ id: await post(record, actor), isLiked: true }),
    "board.listComments": async (record, actor) => ({ postId: await post(record, actor) }),
    "board.publishPost": async (record, actor) => ({ ...(await onBoardBesideDraft(record, actor)), title: "제목", body }),
    "board.editPost": async (record, actor) => {
      const id = await post(record, actor);
      const { [INTACT]: intact } = await besideDraft({ boardId: boardId(record), postId: id });
      return { id, version: 1, title: "고친 제목", body, [INTACT]: intact };
    },
    "board.deletePost": onPost,
    "board.restorePost": async (record, actor) => ({
      id: await post(record, actor, record === "ownTakenAway" ? actors.moderator.id : authorId(record, actor)),
    }),
    "board.listTrash": onTrash,
    "board.addComment": async (record, actor) => ({ postId: await post(record, actor), body }),
    "board.editComment": async (record, actor) => ({ id: await comment(record, actor), version: 1, body }),
    "board.deleteComment": async (record, actor) => ({ id: await comment(record, actor) }),
    "board.saveDraft": async (record) => ({ boardId: boardId(record), title: "초안", body }),
    "board.findDraft": (record) => onFreshBoard(record),
    "board.discardDraft": (record, actor) => onFreshBoard(record, actor.id),
  };
};

const fileScene = ({ db, actors }: TestDoor, boards: Boards): Scene => {
  const attachTo = async (record: string) => {
    const deleted = record === "trashed" ? { deletedAt: new Date(), deletedById: actors.other.id } : {};
    const post = await createPost(db, { boardId: boardOf(boards, record).id, authorId: actors.other.id, ...deleted });
    return { subjectType: "board.post", subjectId: post.id };
  };
  return async (record, actor) => {
    if (record === "missing") return { id: newId() };
    if (record === "own") return { id: (await createFile(db, { ownerId: actor.id })).id };
    const attached = record === "othersUnattached" ? {} : await attachTo(record);
    return { id: (await createFile(db, { ownerId: actors.other.id, ...attached })).id };
  };
};

const notificationScenes = ({ db, actors }: TestDoor): Record<string, Scene> => {
  let seq = 0;
  const notify = async (personId: string): Promise<string> => {
    seq += 1;
    const details = { boardSlug: "board", title: "제목", excerpt: "", commentId: null };
    const subject = { subjectType: "board.post", subjectId: newId() };
    const row = await db.notification.create({
      data: { id: newId(), personId, seq, eventId: newId(), topic: "board.liked", ...subject, details },
    });
    await db.personInbox.upsert({
      where: { personId },
      create: { personId, lastSeq: seq, unseen: 1 },
      update: { lastSeq: seq, unseen: { increment: 1 } },
    });
    return row.id;
  };
  /** What somebody else was told: neither shown, nor seen or read by a stranger to it. */
  const besideOthers = async (): Promise<SceneInput> => {
    const { id: personId } = await createPerson(db);
    const id = await notify(personId);
    return { [HIDDEN]: [id], [INTACT]: async () => (await db.notification.count({ where: { id, seenAt: null, readAt: null } })) === 1 };
  };
  return {
    "notification.listNotifications": besideOthers,
    "notification.getInbox": async () => ({}),
    "notification.markSeen": async () => ({ upToSeq: 1_000_000, ...(await besideOthers()) }),
    "notification.markRead": async (record, actor) => ({
      id: record === "missing" ? newId() : await notify(record === "own" ? actor.id : actors.other.id),
    }),
    "notification.markAllRead": besideOthers,
    "notification.stream": async () => ({}),
  };
};

const tokenScenes = ({ db, actors, openSession }: TestDoor): Record<string, Scene> => {
  const owner = (record: string, actor: Actor): string => (record === "own" ? actor : actors.other).accountId as string;
  const soon = () => new Date(Date.now() + 3_600_000);
  const client = async (secret: string): Promise<string> => {
    const { id: accountId } = await createAccount(db);
    const data = { id: newId(), accountId, name: "연동", secretHash: sha256(secret), scopes: ["board.read"], createdById: actors.admin.id };
    return (await db.apiClient.create({ data })).id;
  };
  return {
    "identity.refresh": async () => {
      const refreshToken = randomSecret();
      const { sessionId } = await openSession(actors.other, "access");
      await db.refreshToken.create({ data: { id: newId(), sessionId, tokenHash: sha256(refreshToken) } });
      return { refreshToken };
    },
    "identity.verifyToken": async () => ({ token: "of nobody" }),
    "identity.issueToken": async () => {
      const secret = randomSecret();
      return { grant_type: "client_credentials", client_id: await client(secret), client_secret: secret };
    },
    "identity.listSessions": async (_record, actor) => {
      const { sessionId } = await openSession(actor === actors.other ? actors.member : actors.other, "web");
      return { [HIDDEN]: [sessionId] };
    },
    "identity.revokeSession": async (record, actor) => {
      if (record === "missing") return { id: newId() };
      const data = { id: newId(), accountId: owner(record, actor), kind: "WEB", expiresAt: soon() } as const;
      return { id: (await db.session.create({ data })).id };
    },
    "identity.revokeSessions": async () => {
      const { sessionId: id } = await openSession(actors.other, "web");
      return { keepsCurrent: true, [INTACT]: async () => (await db.session.count({ where: { id, endedAt: null } })) === 1 };
    },
    "identity.listPersonalTokens": async () => {
      const token = {
        id: newId(),
        accountId: actors.other.accountId as string,
        name: "남의 토큰",
        scopes: ["board.read"],
        tokenHash: randomSecret(),
      };
      await db.personalToken.create({ data: { ...token, expiresAt: soon() } });
      return { [HIDDEN]: [token.id] };
    },
    "identity.createPersonalToken": async (record) => ({ name: "표", scopes: [record], expiresInDays: 1 }),
    "identity.revokePersonalToken": async (record, actor) => {
      if (record === "missing") return { id: newId() };
      const data = { id: newId(), accountId: owner(record, actor), name: "표", scopes: ["board.read"], tokenHash: randomSecret() };
      return { id: (await db.personalToken.create({ data: { ...data, expiresAt: soon() } })).id };
    },
    "identity.listApiClients": async () => ({}),
    "identity.createApiClient": async (record) => {
      const personId = record === "member" ? actors.member.id : record === "missing" ? newId() : (await createAccount(db)).personId;
      return { name: "연동", personId, scopes: ["board.read"] };
    },
    "identity.revokeApiClient": async (record) => ({ id: record === "missing" ? newId() : await client(randomSecret()) }),
  };
};

/** Accounts as an administrator looks after them, and as their owner does. */
const accountScenes = ({ db, actors }: TestDoor): Record<string, Scene> => {
  const account: Scene = async (record, actor) => {
    if (record === "missing") return { id: newId() };
    return { id: record === "own" ? (actor.accountId as string) : (await createAccount(db)).id };
  };
  return {
    "identity.changePassword": async () => ({ currentPassword: "a guess", newPassword: PASSWORD }),
    "identity.deleteOwnAccount": async () => ({ password: "a guess", confirmation: "DELETE" }),
    "identity.listAccounts": async () => ({}),
    "identity.createAccount": async (record) => ({
      username: `u${newId()}`,
      ...(record === "new" ? { person: { name: "새사람" } } : { personId: actors.member.id }),
    }),
    "identity.updateAccount": async (record, actor) => ({ ...(await account(record, actor)), state: "DISABLED" }),
    "identity.deleteAccount": account,
    "identity.signOutAccount": account,
  };
};

/** Roles and those who have them: what is "own" is a role that an administrator made, and whoever has it. */
const rightsScenes = ({ db, actors }: TestDoor): Record<string, Scene> => {
  const roleId = async (record: string): Promise<string> => {
    if (record === "missing") return newId();
    if (record === "builtIn") return (await db.role.findUniqueOrThrow({ where: { key: "member" } })).id;
    const id = newId();
    return (await db.role.create({ data: { id, key: `role-${id}`, name: id, nameEn: id } })).id;
  };
  const assignmentId = async (record: string): Promise<string> => {
    if (record === "missing") return newId();
    const highest = { accountId: actors.admin.accountId as string, role: { key: "system-admin" } };
    if (record === "lastAdministrator") return (await db.roleAssignment.findFirstOrThrow({ where: highest })).id;
    return (await assign(await roleId("own"))).id;
  };
  const assign = async (roleId: string) =>
    db.roleAssignment.create({ data: { id: newId(), accountId: (await createAccount(db)).id, roleId } });
  const changeId = async (record: string): Promise<string> => {
    if (record === "missing") return newId();
    const [{ id: accountId }, now] = [await createAccount(db), new Date()];
    const asked = { requestedById: record === "askedByAdmin" ? actors.admin.id : actors.other.id, requestedAt: now };
    const expiresAt = new Date(now.getTime() + 60_000);
    return (
      await db.roleChange.create({ data: { id: newId(), kind: "GRANT", accountId, roleId: await roleId("own"), ...asked, expiresAt } })
    ).id;
  };
  const grants = { permissions: ["board.read"], includedIds: [] };
  const names = () => ({ name: newId(), nameEn: newId() });
  return {
    "identity.listPermissions": async () => ({}),
    "identity.listRoles": async () => ({}),
    "identity.listRoleChanges": async () => ({}),
    "identity.listRoleHolders": async (record) => ({ roleId: await roleId(record) }),
    "identity.explainRights": async (record) => ({ personId: record === "missing" ? newId() : actors.other.id }),
    "identity.previewRoleChange": async (record) => ({ id: await roleId(record), ...grants }),
    "identity.createRole": async () => ({ ...names(), ...grants }),
    "identity.updateRole": async (record) => ({ id: await roleId(record), version: 1, ...names(), ...grants }),
    "identity.deleteRole": async (record) => ({ id: await roleId(record), version: 1 }),
    "identity.setFactorRule": async (record) => ({ id: await roleId(record), rule: "KEPT" }),
    "identity.assignRole": async (record) => ({ personId: actors.other.id, roleId: await roleId(record) }),
    "identity.unassignRole": async (record) => {
      const id = await assignmentId(record);
      if (record !== "own") return { id };
      const { roleId } = await db.roleAssignment.findUniqueOrThrow({ where: { id } });
      const other = await assign(roleId);
      return { id, [INTACT]: async () => (await db.roleAssignment.count({ where: { id: other.id } })) === 1 };
    },
    "identity.decideRoleChange": async (record) => ({ id: await changeId(record), decision: "APPROVE" }),
  };
};

const anyEntry = async ({ db }: TestDoor): Promise<string> =>
  (await db.auditEntry.create({ data: { id: newId(), action: "test.row.add", subjectType: "test.row", subjectId: "1" } })).id;

export type Scenes = Readonly<Record<string, Scene>>;

/** How each procedure of the table is called. */
export const createScenes = async (door: TestDoor): Promise<Scenes> => {
  const boards = await createBoards(door);
  const { username } = await createAccount(door.db, { username: "table", passwordHash: await hashPassword(PASSWORD) });
  const file = fileScene(door, boards);
  return {
    ...boardScenes(door, boards),
    ...notificationScenes(door),
    ...rightsScenes(door),
    ...tokenScenes(door),
    ...accountScenes(door),
    ...factorScenes(door),
    ...federationScenes(door),
    ...mailScenes(door),
    ...privacyScenes(door),
    ...syncScenes(door),
    "audit.listEntries": async () => ({ limit: 1 }),
    "audit.getEntry": async (record) => ({ id: record === "missing" ? newId() : await anyEntry(door) }),
    "audit.getState": async () => ({}),
    "audit.exportEntries": async () => ({ reason: "the access table", subjectId: "nothing" }),
    "audit.requestVerification": async () => ({}),
    ...directoryScenes(door),
    ...organisationScenes(door),
    "files.getFile": file,
    "files.deleteFile": file,
    "files.setOwnPhoto": async (record, actor) => {
      if (record === "none") return { fileId: null };
      const { id } = await file(record, actor);
      if (record === "own") await door.db.file.update({ where: { id: id as string }, data: { state: "READY", pipeline: 1 } });
      return { fileId: id };
    },
    "identity.me": async () => ({}),
    "identity.updateProfile": async () => ({ locale: "ko" }),
    "identity.logIn": async () => ({ username, password: PASSWORD }),
    "identity.signOut": async () => ({}),
  };
};
