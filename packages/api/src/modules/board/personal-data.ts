import { type Counts, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";

const WORDS = "kept: what was said stays part of the conversation, as that of somebody who has left";

const behind = (after: { readonly id: string } | undefined) => (after ? { id: { gt: after.id } } : {});
const inOrder = { orderBy: { id: "asc" } } as const;

const ownRows = ({ db }: Ctx, { personId }: Whom) => ({
  posts: pagedRows<{ readonly id: string }>((after, take) =>
    db.post.findMany({ where: { authorId: personId, ...behind(after) }, ...inOrder, take }),
  ),
  comments: pagedRows<{ readonly id: string }>((after, take) =>
    db.comment.findMany({ where: { authorId: personId, ...behind(after) }, ...inOrder, take }),
  ),
  drafts: pagedRows<{ readonly id: string }>((after, take) =>
    db.postDraft.findMany({ where: { personId, ...behind(after) }, ...inOrder, take }),
  ),
  likes: pagedRows<{ readonly postId: string }>((after, take) =>
    db.postLike.findMany({ where: { personId, ...(after ? { postId: { gt: after.postId } } : {}) }, orderBy: { postId: "asc" }, take }),
  ),
  reads: pagedRows<{ readonly postId: string }>((after, take) =>
    db.postRead.findMany({ where: { personId, ...(after ? { postId: { gt: after.postId } } : {}) }, orderBy: { postId: "asc" }, take }),
  ),
});

const erasePerson = async ({ db }: TxCtx, { personId }: Whom, limit: number): Promise<Counts> => {
  const where = { personId };
  const { count: post_draft } = await db.postDraft.deleteMany({ where, limit });
  const { count: post_read } = await db.postRead.deleteMany({ where, limit });
  return { post_draft, post_read };
};

/** Posts and comments stay; what she was writing and what she has read goes. */
export const personalData: PersonalData = {
  module: "board",
  columns: {
    "post.author_id": WORDS,
    "post.edited_by_id": WORDS,
    "post.deleted_by_id": WORDS,
    "comment.author_id": WORDS,
    "post_like.person_id": "kept: the number of likes stays what others have seen; the row names nobody any more",
    "post_read.person_id": "removed",
    "post_draft.person_id": "removed",
  },
  exportPerson: async function* (ctx, whom) {
    for (const [name, rows] of Object.entries(ownRows(ctx, whom))) yield jsonEntry(ctx, `board/${name}`, rows);
  },
  erasePerson,
};
