import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createFile } from "@maru/db/testing/factories/file";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { hashPassword } from "@maru/platform/crypto/password";
import { paragraphs } from "@maru/platform/rich-text";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";

type Input = Readonly<Record<string, unknown>>;
/** Makes the record of a row anew, as this person would find it, and gives the input that names it. */
type Scene = (record: string, actor: Actor) => Promise<Input>;

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
  return {
    "board.listBoards": async () => ({}),
    "board.getBoard": async (record) => ({ slug: record === "missing" ? "missing" : boardOf(boards, record).slug }),
    "board.listPosts": onBoard,
    "board.listRecentPosts": async () => ({}),
    "board.getPost": onPost,
    "board.markPostRead": onPost,
    "board.setPostLike": async (record, actor) => ({ id: await post(record, actor), isLiked: true }),
    "board.listComments": async (record, actor) => ({ postId: await post(record, actor) }),
    "board.publishPost": async (record) => ({ boardId: boardId(record), title: "제목", body }),
    "board.editPost": async (record, actor) => ({ id: await post(record, actor), version: 1, title: "고친 제목", body }),
    "board.deletePost": onPost,
    "board.restorePost": async (record, actor) => ({
      id: await post(record, actor, record === "ownTakenAway" ? actors.moderator.id : authorId(record, actor)),
    }),
    "board.listTrash": onBoard,
    "board.addComment": async (record, actor) => ({ postId: await post(record, actor), body }),
    "board.editComment": async (record, actor) => ({ id: await comment(record, actor), version: 1, body }),
    "board.deleteComment": async (record, actor) => ({ id: await comment(record, actor) }),
    "board.saveDraft": async (record) => ({ boardId: boardId(record), title: "초안", body }),
    "board.findDraft": onBoard,
    "board.discardDraft": onBoard,
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
  return {
    "notification.listNotifications": async () => ({}),
    "notification.getInbox": async () => ({}),
    "notification.markSeen": async () => ({ upToSeq: 0 }),
    "notification.markRead": async (record, actor) => ({
      id: record === "missing" ? newId() : await notify(record === "own" ? actor.id : actors.other.id),
    }),
    "notification.markAllRead": async () => ({}),
    "notification.stream": async () => ({}),
  };
};

/** How each procedure of the table is called. */
export const createScenes = async (door: TestDoor): Promise<Readonly<Record<string, Scene>>> => {
  const boards = await createBoards(door);
  const { username } = await createAccount(door.db, { username: "table", passwordHash: await hashPassword(PASSWORD) });
  const file = fileScene(door, boards);
  return {
    ...boardScenes(door, boards),
    ...notificationScenes(door),
    "directory.listPeople": async () => ({}),
    "directory.searchPeople": async () => ({ q: "김" }),
    "directory.getPerson": async (record) => ({ id: record === "missing" ? newId() : door.actors.other.id }),
    "directory.listDepartments": async () => ({}),
    "files.getFile": file,
    "files.deleteFile": file,
    "identity.me": async () => ({}),
    "identity.setPreferences": async () => ({ locale: "ko" }),
    "identity.logIn": async () => ({ username, password: PASSWORD }),
    "identity.signOut": async () => ({}),
  };
};
