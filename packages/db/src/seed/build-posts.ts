import { paragraphs, plainText } from "@maru/platform/rich-text";
import type { Prisma } from "../client";
import { BOARDS, type DemoBoard } from "./boards";
import type { BuiltPeople, Member } from "./build-people";
import { officeHour, soonAfter } from "./calendar";
import { doc, mention, picture } from "./document";
import type { PictureKind, PostSketch } from "./posts/sketch";
import type { Random } from "./random";
import type { DemoRows } from "./rows";

/** A picture that a post needs; it is drawn later. Sizes are those of its kind. */
export type WantedPicture = {
  readonly id: string;
  readonly kind: PictureKind;
  readonly name: string;
  readonly ownerId: string;
  readonly postId: string;
  readonly at: Date;
};

export type BuiltPosts = Pick<DemoRows, "boards" | "posts" | "comments" | "likes" | "reads"> & {
  readonly wanted: readonly WantedPicture[];
};

type Stage = {
  readonly random: Random;
  readonly now: Date;
  readonly people: BuiltPeople;
  readonly built: BuiltPosts & { wanted: WantedPicture[] };
};
type Published = { readonly id: string; readonly at: Date; readonly author: Member; readonly readers: readonly Member[] };

/** What each kind of picture measures, so that a page keeps its place while the picture is on its way. */
export const PICTURE_SIZES: Readonly<Record<PictureKind, { readonly width: number; readonly height: number }>> = {
  landscape: { width: 1600, height: 1000 },
  chart: { width: 1280, height: 720 },
  poster: { width: 1200, height: 1200 },
  floor: { width: 1440, height: 960 },
};

const memberNamed = (members: readonly Member[], name: string): Member => {
  const member = members.find((each) => each.name === name);
  if (!member) throw new Error(`the demo names ${name}, who is not one of its people`);
  return member;
};

const addComment = ({ random, built }: Stage, post: Published, author: Member, text: string, at: Date, parentId: string | null): string => {
  const id = random.idAt(at);
  const body = paragraphs(text) as Prisma.InputJsonValue;
  built.comments.push({ id, postId: post.id, parentId, authorId: author.id, body, bodyText: text, createdAt: at });
  return id;
};

// An answer, and sometimes a reply from the author of the post or of the answer.
const addComments = (stage: Stage, sketch: PostSketch, post: Published): number => {
  const { random, now } = stage;
  const others = post.readers.filter(({ id, state }) => id !== post.author.id && state === "ACTIVE");
  const answers = random.sample(sketch.answers, random.int(0, sketch.answers.length));
  let count = 0;
  for (const answer of answers) {
    const [first, second] = typeof answer === "string" ? [answer] : answer;
    const at = soonAfter(random, post.at, now);
    const parentId = addComment(stage, post, random.pick(others), first, at, null);
    count += 1;
    if (second === undefined) continue;
    addComment(stage, post, post.author, second, soonAfter(random, at, now), parentId);
    count += 1;
  }
  return count;
};

// The three who can sign in have not read everything: there is something new for them.
const hasRead = (random: Random, member: Member, ageDays: number): boolean => {
  if (member.state !== "ACTIVE") return ageDays > 60 && random.chance(0.3);
  if (["hong", "kim", "admin"].includes(member.username)) return ageDays > 12 ? random.chance(0.9) : random.chance(0.25);
  return random.chance(Math.min(0.75, 0.25 + ageDays * 0.02));
};

const addReaders = ({ random, now, built }: Stage, post: Published): { likes: number; views: number } => {
  const ageDays = (now.getTime() - post.at.getTime()) / 86_400_000;
  const readers = post.readers.filter((member) => member.id !== post.author.id && hasRead(random, member, ageDays));
  const warmth = random.next() * 0.5;
  let likes = 0;
  for (const { id: personId } of readers) {
    const readAt = soonAfter(random, post.at, now);
    built.reads.push({ personId, postId: post.id, firstReadAt: readAt, readAt });
    if (!random.chance(warmth)) continue;
    built.likes.push({ personId, postId: post.id, likedAt: readAt });
    likes += 1;
  }
  return { likes, views: readers.length + random.int(0, Math.ceil(readers.length / 3)) };
};

const addPost = (stage: Stage, board: DemoBoard, boardId: string, sketch: PostSketch): void => {
  const { random, now, people, built } = stage;
  const at = officeHour(random, now, sketch.when ?? random.next() ** 0.8);
  const author = memberNamed(people.members, sketch.author);
  const id = random.idAt(at);
  const want = ({ kind, alt }: { kind: PictureKind; alt: string }) => {
    const wanted = { id: random.idAt(at), kind, name: alt, ownerId: author.id, postId: id, at };
    built.wanted.push(wanted);
    return { fileId: wanted.id, alt, ...PICTURE_SIZES[kind] };
  };
  const pictures = (sketch.pictures ?? []).map(want);
  for (const attachment of sketch.attachments ?? []) want(attachment);
  const body = doc(
    ...sketch.body({
      at,
      mention: (name) => mention(memberNamed(people.members, name)),
      picture: (index) => {
        const wanted = pictures[index];
        if (!wanted) throw new Error(`a post shows picture ${index}, which it does not have`);
        return picture(wanted);
      },
    }),
  );
  const readers = people.members.filter(
    ({ departmentIds }) => board.department === null || departmentIds.includes(people.departmentId(board.department)),
  );
  const post = { id, at, author, readers };
  const commentCount = addComments(stage, sketch, post);
  const { likes, views } = addReaders(stage, post);
  built.posts.push({
    id,
    boardId,
    authorId: author.id,
    title: typeof sketch.title === "string" ? sketch.title : sketch.title(at),
    body: body as Prisma.InputJsonValue,
    bodyText: plainText(body),
    isPinned: sketch.isPinned ?? false,
    attachmentCount: sketch.attachments?.length ?? 0,
    commentCount,
    likeCount: likes,
    viewCount: views,
    publishedAt: at,
  });
};

/** The boards with their posts, comments, likes and readers over the last half year. */
export const buildPosts = (random: Random, now: Date, people: BuiltPeople): BuiltPosts => {
  const built = { boards: [], posts: [], comments: [], likes: [], reads: [], wanted: [] } as BuiltPosts & { wanted: WantedPicture[] };
  for (const [sortOrder, board] of BOARDS.entries()) {
    const { posts, department, ...columns } = board;
    const id = random.idAt(now);
    built.boards.push({ ...columns, id, sortOrder, departmentId: department === null ? null : people.departmentId(department) });
    for (const sketch of posts(random)) addPost({ random, now, people, built }, board, id, sketch);
  }
  return built;
};
