import type { Actor } from "@maru/db/context";
import { definePrepared, definePreparedView } from "@maru/db/prepared";
import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../../tools";
import { personColumns } from "../directory/service";

/** The part of an actor that decides which boards are visible. */
export type Reader = {
  /** The departments that a board may belong to: the actor's own with all above them, and those that the actor administers. */
  readonly departments: readonly string[];
  readonly moderatesAll: boolean;
};

export const readerOf = (actor: Actor): Reader => ({
  departments: actor.managedDepartmentIds.length === 0 ? actor.departmentIds : [...actor.departmentIds, ...actor.managedDepartmentIds],
  moderatesAll: actor.permissions.has("board.moderate"),
});

/** Decides which boards an actor may know of, once for every door; `board` names its alias in the query. Its twin is `can.readBoard`. */
export const isVisible = (board: string, reader: Reader): RawBuilder<boolean> => {
  const departmentId = sql.ref(`${board}.department_id`);
  return sql<boolean>`(${departmentId} is null or ${departmentId} = any(${reader.departments}::uuid[]) or ${reader.moderatesAll}::boolean)`;
};

/** Decides who may write on a board that is visible: everybody, or those who moderate it. Its twin is `can.publish`. */
export const isOpenForPosting = (board: string, actor: Actor): RawBuilder<boolean> => sql<boolean>`(
  ${sql.ref(`${board}.posting_by`)} = 'EVERYONE' or ${actor.permissions.has("board.moderate")}::boolean
  or ${sql.ref(`${board}.department_id`)} = any(${actor.managedDepartmentIds}::uuid[]))`;

const boardColumns = [
  "b.id",
  "b.slug",
  "b.name",
  "b.name_en",
  "b.description",
  "b.description_en",
  "b.is_notice",
  "b.department_id",
  "b.posting_by",
] as const;

// Boards are a handful, made by administrators; the bound is there so that no list is without one.
const MOST_BOARDS = 500;

/** The visible boards in the order of the administrators: the palette asks for them with every key. */
export const boards = definePrepared<Reader>()((query, param) =>
  query
    .selectFrom("board as b")
    .select(boardColumns)
    .where(isVisible("b", param))
    .orderBy("b.sort_order")
    .orderBy("b.name")
    .limit(sql.lit(MOST_BOARDS)),
);

/** For a statement that needs one visible board, or looks at it within a transaction. */
export const visibleBoards = ({ sql: query, actor }: Pick<Ctx, "sql" | "actor">) =>
  query
    .selectFrom("board as b")
    .select(boardColumns)
    .where(isVisible("b", readerOf(actor)));

// A literal LIMIT lets the planner see that a page is small; a page of any other size is cut from the next larger one.
const PAGE_SIZES = [20, 50, 100] as const;

/** One prepared statement for each page size; it reads one row more than the page, which tells whether there is a next one. */
const definePages = <Statement>(define: (limit: number) => Statement): ((limit: number) => Statement) => {
  const statements = PAGE_SIZES.map((size) => ({ size, statement: define(size + 1) }));
  const largest = define(PAGE_SIZES[2] + 1);
  return (limit) => statements.find(({ size }) => size >= limit)?.statement ?? largest;
};

const postColumns = [
  "p.id",
  "p.board_id",
  "p.author_id",
  "p.title",
  "p.is_pinned",
  "p.attachment_count",
  "p.comment_count",
  "p.like_count",
  "p.view_count",
  "p.published_at",
  "p.edited_at",
] as const;

// What the worker has not folded into the posts yet. Grouped once per page: however long the table has grown, it is read at most once.
const unfolded = (posts: RawBuilder<unknown>) => sql<{ post_id: string; comments: number; likes: number; views: number }>`(
  select d.post_id, sum(d.comments)::int as comments, sum(d.likes)::int as likes, sum(d.views)::int as views
  from post_count_delta d where d.post_id in (${posts}) group by d.post_id)`;

// The LIMIT keeps this a lookup for each row of a page: as a join, a plan made for everybody would read all that an avid reader ever read.
const readMark = (actorId: string) =>
  sql<{
    post_id: string;
  }>`(select read.post_id from post_read read where read.person_id = ${actorId}::uuid and read.post_id = p.id limit 1)`;

const shownColumns = [
  "p.id",
  "p.board_id",
  "p.title",
  "p.is_pinned",
  "p.attachment_count",
  "p.published_at",
  "p.edited_at",
  ...personColumns,
  sql<number>`p.comment_count + coalesce(c.comments, 0)`.as("comment_count"),
  sql<number>`p.like_count + coalesce(c.likes, 0)`.as("like_count"),
  sql<number>`p.view_count + coalesce(c.views, 0)`.as("view_count"),
] as const;

type ListParameters = Reader & {
  readonly boardId: string;
  readonly actorId: string;
  readonly isPinned: boolean;
  readonly at: Date;
  readonly id: string;
};

/** The posts of a visible board behind a place: pinned ones first, then the newest. One index scan, whatever the board holds. */
export const pageOfPosts = definePages((limit) =>
  definePreparedView<ListParameters>()((query, param) =>
    query
      .with("page", (cte) =>
        cte
          .selectFrom("board as b")
          .innerJoin("post as p", "p.board_id", "b.id")
          .select(postColumns)
          .where("b.id", "=", param.boardId)
          .where(isVisible("b", param))
          .where("p.deleted_at", "is", null)
          .where(
            sql<boolean>`(p.is_pinned, p.published_at, p.id) < (${param.isPinned}::boolean, ${param.at}::timestamptz, ${param.id}::uuid)`,
          )
          .orderBy("p.is_pinned", "desc")
          .orderBy("p.published_at", "desc")
          .orderBy("p.id", "desc")
          .limit(sql.lit(limit)),
      )
      .selectFrom("page as p")
      .innerJoin("person_card as person", "person.id", "p.author_id")
      .leftJoinLateral(readMark(param.actorId).as("r"), (join) => join.onTrue())
      .leftJoin(unfolded(sql`select id from page`).as("c"), (join) => join.on(sql<boolean>`c.post_id = p.id`))
      .select(shownColumns)
      .select(sql<boolean>`(r.post_id is not null or p.author_id = ${param.actorId}::uuid)`.as("is_read"))
      .orderBy("p.is_pinned", "desc")
      .orderBy("p.published_at", "desc")
      .orderBy("p.id", "desc"),
  ),
);

type RecentParameters = Reader & { readonly actorId: string; readonly noticesOnly: boolean; readonly limit: number };

// As many as the home page ever asks for, from each board and each of its two parts: so every board is read from the top of its index.
const RECENT_PER_BOARD = 20;

/** The newest posts of every visible board, or of the notice boards alone. */
export const recentPosts = definePreparedView<RecentParameters>()((query, param) =>
  query
    .with("page", (cte) =>
      cte
        .selectFrom("board as b")
        .innerJoin(sql<{ is_pinned: boolean }>`(values (true), (false))`.as<"part">(sql`part(is_pinned)`), (join) => join.onTrue())
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom("post as p")
              .select(postColumns)
              .whereRef("p.board_id", "=", "b.id")
              .whereRef("p.is_pinned", "=", "part.is_pinned")
              .where("p.deleted_at", "is", null)
              .orderBy("p.published_at", "desc")
              .orderBy("p.id", "desc")
              .limit(sql.lit(RECENT_PER_BOARD))
              .as("p"),
          (join) => join.onTrue(),
        )
        .select(postColumns)
        .select(["b.slug as board_slug", "b.name as board_name", "b.name_en as board_name_en"])
        .where(isVisible("b", param))
        .where(sql<boolean>`(b.is_notice or not ${param.noticesOnly}::boolean)`)
        .orderBy("p.published_at", "desc")
        .orderBy("p.id", "desc")
        .limit(sql<number>`${param.limit}::int`),
    )
    .selectFrom("page as p")
    .innerJoin("person_card as person", "person.id", "p.author_id")
    .leftJoinLateral(readMark(param.actorId).as("r"), (join) => join.onTrue())
    .leftJoin(unfolded(sql`select id from page`).as("c"), (join) => join.on(sql<boolean>`c.post_id = p.id`))
    .select(shownColumns)
    .select(["p.board_slug", "p.board_name", "p.board_name_en"])
    .select(sql<boolean>`(r.post_id is not null or p.author_id = ${param.actorId}::uuid)`.as("is_read"))
    .orderBy("p.published_at", "desc")
    .orderBy("p.id", "desc"),
);

/** One visible post with everything on its page but the files and comments. */
export const postById = definePreparedView<Reader & { readonly postId: string; readonly actorId: string }>()((query, param) =>
  query
    .selectFrom("post as p")
    .innerJoin("board as b", "b.id", "p.board_id")
    .innerJoin("person_card as person", "person.id", "p.author_id")
    .leftJoin("post_read as r", (join) => join.onRef("r.post_id", "=", "p.id").on("r.person_id", "=", param.actorId))
    .leftJoin("post_like as l", (join) => join.onRef("l.post_id", "=", "p.id").on("l.person_id", "=", param.actorId))
    .leftJoin(unfolded(sql`${param.postId}::uuid`).as("c"), (join) => join.on(sql<boolean>`c.post_id = p.id`))
    .select(shownColumns)
    .select(["p.author_id", "p.body", "p.version", "b.slug as board_slug", "b.name as board_name", "b.name_en as board_name_en"])
    .select(["b.department_id", "b.posting_by"])
    .select(sql<boolean>`(r.post_id is not null or p.author_id = ${param.actorId}::uuid)`.as("is_read"))
    .select(sql<boolean>`(l.post_id is not null)`.as("is_liked"))
    .where("p.id", "=", param.postId)
    .where("p.deleted_at", "is", null)
    .where(isVisible("b", param)),
);

type CommentParameters = { readonly postId: string; readonly threadId: string; readonly isReply: boolean; readonly id: string };

/** The comments of a post behind a place, thread by thread. A deleted comment stays while it has replies. */
export const pageOfComments = definePages((limit) =>
  definePrepared<CommentParameters>()((query, param) =>
    query
      .selectFrom((eb) =>
        eb
          .selectFrom("comment as c")
          .select(["c.id", "c.parent_id", "c.author_id", "c.body", "c.version", "c.created_at", "c.edited_at", "c.deleted_at"])
          .where("c.post_id", "=", param.postId)
          .where(
            sql<boolean>`(coalesce(c.parent_id, c.id), c.parent_id is not null, c.id)
              > (${param.threadId}::uuid, ${param.isReply}::boolean, ${param.id}::uuid)`,
          )
          .where(
            sql<boolean>`(c.deleted_at is null or (c.parent_id is null and exists (select 1 from comment reply
              where reply.post_id = c.post_id and coalesce(reply.parent_id, reply.id) = c.id
                and reply.parent_id is not null and reply.deleted_at is null)))`,
          )
          .orderBy(sql`coalesce(c.parent_id, c.id), (c.parent_id is not null), c.id`)
          .limit(sql.lit(limit))
          .as("c"),
      )
      .innerJoin("person_card as person", "person.id", "c.author_id")
      .select(["c.id", "c.parent_id", "c.author_id", "c.body", "c.version", "c.created_at", "c.edited_at", "c.deleted_at"])
      .select(personColumns)
      .orderBy(sql`coalesce(c.parent_id, c.id), (c.parent_id is not null), c.id`),
  ),
);
